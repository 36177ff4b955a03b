package io.weir.control.cli;

import io.weir.control.view.ContentView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code purge ID}: has edges drop a content and read its origin again. */
@Command(
    name = "purge",
    description = "Has edges drop a content and read its origin again, as a new version.",
    mixinStandardHelpOptions = true)
public final class PurgeCommand implements Callable<Integer> {
  @Mixin private final Connection connection = new Connection();

  @Parameters(paramLabel = "ID", description = "the content")
  private String id = "";

  @Option(names = "--json", description = "print the content as JSON")
  private boolean json;

  /** For picocli. */
  public PurgeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return connection.run(
        client -> {
          ContentView content = client.purge(id);
          if (json) {
            connection.console().json(content);
          } else {
            connection.console().out().println(id + " version " + content.version());
            connection.console().out().flush();
          }
          return ExitCode.OK;
        });
  }
}
