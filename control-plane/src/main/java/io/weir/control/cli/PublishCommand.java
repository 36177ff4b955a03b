package io.weir.control.cli;

import io.weir.control.view.ContentView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code publish}: registers a content and follows it until it is ready. */
@Command(
    name = "publish",
    description = "Registers files of an origin and waits until edges serve them.",
    customSynopsis = {
      "weir publish [OPTION...] URL|FILE",
      "       weir publish [OPTION...] --base-url URL|DIR (PATH...|--files-from FILE|-)",
      "       weir publish [OPTION...] --torrent FILE.torrent URL|FILE|DIR"
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:ready (with --no-wait: registered)",
      "1:failed",
      "2:called wrongly",
      "3:control plane unreachable, or it refused"
    })
public final class PublishCommand implements Callable<Integer> {
  /** Longest torrent that is sent. */
  static final int MAX_TORRENT_BYTES = 10 << 20;

  @Mixin private final Connection connection = new Connection();

  @Parameters(
      arity = "0..*",
      paramLabel = "URL|FILE|PATH",
      description =
          "http:, https: or file: URL, or a file that the origin adapter can read; with --base-url,"
              + " the paths of files below it; with --torrent of several files, where they lie")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = "--base-url",
      paramLabel = "URL|DIR",
      description = "publish several files below this URL or directory as one content")
  private @Nullable String baseUrl;

  @Option(
      names = "--files-from",
      paramLabel = "FILE",
      description = "read the paths of --base-url's files from here, one a line; - is stdin")
  private @Nullable String filesFrom;

  @Option(
      names = "--torrent",
      paramLabel = "FILE",
      description = "serve this torrent as it is, under the info-hash that it has")
  private @Nullable Path torrent;

  @Option(names = "--id", description = "content id; made from the name by default")
  private @Nullable String id;

  @Option(
      names = "--name",
      description = "name of the file, or of the directory of files; the origin's by default")
  private @Nullable String name;

  @Option(names = "--json", description = "print the content as JSON")
  private boolean json;

  @Option(names = "--no-wait", description = "do not wait until it is ready")
  private boolean noWait;

  /** For picocli. */
  public PublishCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Publication publication = publication();
    return connection.run(
        client ->
            report(
                noWait
                    ? publication.register(client)
                    : publication.publish(
                        client,
                        new ProgressDisplay(connection.console().err(), Terminal.isStderr()))));
  }

  private Publication publication() {
    try {
      if (torrent != null) {
        require(baseUrl == null && filesFrom == null, "--torrent: names its files itself");
        require(name == null, "--torrent: has a name itself");
        return Publication.ofTorrent(readTorrent(torrent), onlySource(), id);
      }
      if (baseUrl != null) {
        return Publication.ofFiles(baseUrl, paths(), id, name);
      }
      require(filesFrom == null, "--files-from: needs --base-url");
      return Publication.of(onlySource(), id, name);
    } catch (IllegalArgumentException e) {
      throw connection.misuse(String.valueOf(e.getMessage()));
    }
  }

  private String onlySource() {
    require(!sources.isEmpty(), "a URL or file is needed");
    require(sources.size() == 1, "one URL or file at a time; several files need --base-url");
    return sources.get(0);
  }

  private List<String> paths() {
    require(filesFrom == null || sources.isEmpty(), "--files-from: not together with paths");
    require(filesFrom != null || !sources.isEmpty(), "--base-url: needs paths or --files-from");
    try {
      return filesFrom == null ? sources : PathList.read(filesFrom);
    } catch (IOException e) {
      throw new IllegalArgumentException("--files-from: cannot read " + filesFrom + ": " + e, e);
    }
  }

  private static byte[] readTorrent(Path file) {
    try {
      require(
          Files.size(file) <= MAX_TORRENT_BYTES,
          "--torrent: " + file + " has more than " + MAX_TORRENT_BYTES + " bytes");
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("--torrent: cannot read " + file + ": " + e, e);
    }
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }

  private int report(ContentView content) {
    Console console = connection.console();
    if (json) {
      console.json(content);
    } else {
      console.table(rows(content));
    }
    if (content.failure() != null) {
      console.err().println(content.id() + " failed: " + content.failure());
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private static List<List<String>> rows(ContentView content) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", content.id()));
    rows.add(List.of("state", content.state()));
    if (content.fileCount() > 1) {
      rows.add(List.of("files", String.valueOf(content.fileCount())));
    }
    if (content.lengthBytes() != null) {
      rows.add(List.of("size", ByteCount.text(content.lengthBytes())));
    }
    if (content.magnet() != null) {
      rows.add(List.of("magnet", content.magnet()));
    }
    rows.add(List.of("torrent", content.torrent()));
    content.http().forEach(url -> rows.add(List.of("http", url)));
    return rows;
  }
}
