package io.weir.control.cli;

import io.weir.control.view.ContentView;
import io.weir.control.view.ContentView.NextView;
import io.weir.control.view.ContentView.ReplicaView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contents [ID]}: what is registered. */
@Command(
    name = "contents",
    description = "Lists contents, or shows one.",
    mixinStandardHelpOptions = true)
public final class ContentsCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Parameters(arity = "0..1", paramLabel = "ID", description = "only this content")
  private @Nullable String id;

  @Option(names = "--json", description = "print JSON: an array, or the one content")
  private boolean json;

  /** For picocli. */
  public ContentsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return connection.run(
        client -> {
          Console console = connection.console();
          List<ContentView> contents = id == null ? client.contents() : List.of(client.content(id));
          if (json) {
            console.json(id == null ? contents : contents.get(0));
          } else {
            console.table(rows(contents));
          }
          if (id != null) {
            failures(contents.get(0)).forEach(console.err()::println);
          }
          return ExitCode.OK;
        });
  }

  private static List<String> failures(ContentView content) {
    List<String> failures = new ArrayList<>();
    if (content.failure() != null) {
      failures.add(content.id() + " failed: " + content.failure());
    }
    NextView next = content.next();
    if (next != null && next.failure() != null) {
      failures.add(
          "%s version %d failed, version %d is served, next try %s: %s"
              .formatted(
                  content.id(), next.version(), content.version(), next.retryAt(), next.failure()));
    }
    return failures;
  }

  private static List<List<String>> rows(List<ContentView> contents) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATE", "SIZE", "REPLICAS", "INFO-HASH"));
    contents.forEach(content -> rows.add(row(content)));
    return rows;
  }

  private static List<String> row(ContentView content) {
    return List.of(
        content.id(),
        content.next() == null
            ? content.state()
            : content.state() + ", next " + content.next().state(),
        content.lengthBytes() == null ? "-" : ByteCount.text(content.lengthBytes()),
        content.replicas().stream().map(ContentsCommand::replica).collect(Collectors.joining(",")),
        content.infoHash() == null ? "-" : content.infoHash());
  }

  private static String replica(ReplicaView replica) {
    return replica.node() + ":" + replica.piecesHeld() + "/" + replica.pieces();
  }
}
