package io.weir.control.cli;

import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.Origin;
import io.weir.control.view.ContentView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operator wants published, as they named it: a URL, or a file that the origin
 * adapter can read.
 *
 * @param id content id, given or made from the file name
 * @param originUrl absolute {@code http:}, {@code https:} or {@code file:} URL
 * @param name file name in the torrent, null for the origin's
 */
public record Publication(String id, String originUrl, @Nullable String name) {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  /**
   * Reads what the operator wrote.
   *
   * @param source URL or path
   * @param id the id, null to make one from the name
   * @param name the name, null for the origin's
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Publication of(String source, @Nullable String id, @Nullable String name) {
    Origin origin = origin(source);
    try {
      String contentId =
          id != null
              ? new ContentId(id).value()
              : ContentId.fromFileName(name != null ? name : FileName.ofUrl(origin.url()).value())
                  .value();
      return new Publication(contentId, origin.toString(), name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          (id != null ? "--id: " : "no id from the name: ") + e.getMessage(), e);
    }
  }

  private static Origin origin(String source) {
    if (source.matches("(?i)[a-z][a-z0-9+.-]+:.*")) {
      try {
        return Origin.parse(source);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
      }
    }
    Path file = Path.of(source).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(source + ": no such file");
    }
    return new Origin(file.toUri());
  }

  /** Registers it, without waiting for its ingest; idempotent. */
  public ContentView register(ApiClient client) throws ApiException, InterruptedException {
    return client.publish(id, originUrl, name);
  }

  /** Registers it and follows its ingest until it is ready or failed, showing how far it is. */
  public ContentView publish(ApiClient client, ProgressDisplay progress)
      throws ApiException, InterruptedException {
    ContentView content = register(client);
    while (!content.settled()) {
      ContentView.Progress ingest = content.progress();
      progress.show(id, ingest.hashedBytes(), ingest.totalBytes(), "");
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
