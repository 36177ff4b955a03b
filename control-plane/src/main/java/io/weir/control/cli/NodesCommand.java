package io.weir.control.cli;

import io.weir.control.view.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nodes}: the registered edges. */
@Command(name = "nodes", description = "Lists edge nodes.", mixinStandardHelpOptions = true)
public final class NodesCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Option(names = "--json", description = "print a JSON array")
  private boolean json;

  /** For picocli. */
  public NodesCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return connection.run(
        client -> {
          List<NodeView> nodes = client.nodes();
          if (json) {
            connection.console().json(nodes);
          } else {
            connection.console().table(rows(nodes));
          }
          return ExitCode.OK;
        });
  }

  private static List<List<String>> rows(List<NodeView> nodes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ID", "STATE", "STORED", "CAPACITY", "HTTP", "VERSION"));
    for (NodeView node : nodes) {
      rows.add(
          List.of(
              node.id(),
              node.state(),
              node.storedBytes() == null ? "-" : ByteCount.text(node.storedBytes()),
              ByteCount.text(node.storeCapacityBytes()),
              node.endpoints().http(),
              node.softwareVersion()));
    }
    return rows;
  }
}
