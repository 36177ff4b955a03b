package io.weir.control.cli;

import io.weir.control.view.ContentView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code publish URL|FILE}: registers a content and follows it until it is ready. */
@Command(
    name = "publish",
    description = "Registers a file of an origin and waits until edges serve it.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:ready (with --no-wait: registered)",
      "1:failed",
      "2:called wrongly",
      "3:control plane unreachable, or it refused"
    })
public final class PublishCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Parameters(
      paramLabel = "URL|FILE",
      description = "http:, https: or file: URL, or a file that the origin adapter can read")
  private String source = "";

  @Option(names = "--id", description = "content id; made from the file name by default")
  private @Nullable String id;

  @Option(names = "--name", description = "file name in the torrent; the origin's by default")
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
      return Publication.of(source, id, name);
    } catch (IllegalArgumentException e) {
      throw connection.misuse(String.valueOf(e.getMessage()));
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
