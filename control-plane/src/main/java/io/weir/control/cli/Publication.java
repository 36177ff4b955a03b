package io.weir.control.cli;

import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.FilePaths;
import io.weir.control.catalogue.Manifest.ImportedTorrent;
import io.weir.control.catalogue.Origin;
import io.weir.control.view.ContentView;
import io.weir.control.view.PublishRequest;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operator wants published, as they named it. Sources are URLs, or paths of files
 * and directories that the origin adapter can read.
 *
 * @param id content id, given or made from the name
 * @param request what is sent
 */
public record Publication(String id, PublishRequest request) {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  /**
   * One file.
   *
   * @param source URL or path
   * @param id the id, null to make one from the name
   * @param name the torrent's name, null for the origin's
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Publication of(String source, @Nullable String id, @Nullable String name) {
    Origin origin = SourceText.object(source);
    return new Publication(
        id(id, name, () -> FileName.ofUrl(origin.url()).value()),
        new PublishRequest(OriginLocation.ofUrl(origin.toString()), name, null));
  }

  /**
   * Several files.
   *
   * @param base base URL, or path of a directory
   * @param files paths below it
   * @param id the id, null to make one from the name
   * @param name the torrent's name, null for the origin's
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Publication ofFiles(
      String base, List<String> files, @Nullable String id, @Nullable String name) {
    Origin origin = SourceText.base(base);
    FilePaths paths = new FilePaths(files);
    return new Publication(
        id(id, name, () -> FileName.ofBaseUrl(origin.url()).value()),
        new PublishRequest(OriginLocation.ofFiles(origin.toString(), paths.paths()), name, null));
  }

  /**
   * What a torrent names.
   *
   * @param torrent a whole .torrent
   * @param source URL or path of its file; of a multi-file torrent, of the directory in which its
   *     files lie by their paths, without the torrent's name
   * @param id the id, null to make one from the name
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Publication ofTorrent(byte[] torrent, String source, @Nullable String id) {
    Metainfo metainfo;
    try {
      metainfo = ImportedTorrent.parse(torrent).metainfo();
    } catch (MetainfoException e) {
      throw new IllegalArgumentException("--torrent: " + e.getMessage(), e);
    }
    OriginLocation origin =
        metainfo.multiFile()
            ? new OriginLocation(null, SourceText.base(source).toString(), null)
            : OriginLocation.ofUrl(SourceText.object(source).toString());
    return new Publication(
        id(id, null, metainfo::name),
        new PublishRequest(origin, null, Base64.getEncoder().encodeToString(torrent)));
  }

  private static String id(
      @Nullable String id, @Nullable String name, Supplier<String> originName) {
    try {
      return id != null
          ? new ContentId(id).value()
          : ContentId.fromFileName(name != null ? name : originName.get()).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          (id != null ? "--id: " : "no id from the name: ") + e.getMessage(), e);
    }
  }

  /** Where the bytes are: the only file's URL, or the base URL of several. */
  public URI originUrl() {
    OriginLocation origin = request.origin();
    return URI.create(Objects.requireNonNullElse(origin.url(), String.valueOf(origin.baseUrl())));
  }

  /** Registers it, without waiting for its ingest; idempotent. */
  public ContentView register(ApiClient client) throws ApiException, InterruptedException {
    return client.publish(id, request);
  }

  /** Registers it and follows its ingest until it is ready or failed, showing how far it is. */
  public ContentView publish(ApiClient client, ProgressDisplay progress)
      throws ApiException, InterruptedException {
    ContentView content = register(client);
    while (!content.settled()) {
      ContentView.Progress ingest = content.progress();
      Long total = ingest.totalBytes();
      // The last byte is kept back: all of it is there when it is ready, and that is said once.
      long done = total == null ? 0 : Math.min(ingest.hashedBytes(), total - 1);
      progress.show(id, done, total, "");
      Thread.sleep(POLL_INTERVAL.toMillis());
      content = client.content(id);
    }
    Long lengthBytes = content.lengthBytes();
    if (lengthBytes != null) {
      progress.show(id, lengthBytes, lengthBytes, content.state());
    }
    progress.end();
    return content;
  }
}
