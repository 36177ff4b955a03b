package io.weir.control.cli;

import io.weir.protocol.control.BearerToken;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which every command finds its control plane, and how commands end. */
final class Connection {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:WEIR_URL:-http://127.0.0.1:7070}",
      description = "the control plane (WEIR_URL; default ${DEFAULT-VALUE})")
  private String url = "";

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "the operator's token (WEIR_TOKEN)",
      defaultValue = "${env:WEIR_TOKEN}",
      showDefaultValue = Visibility.NEVER)
  private @Nullable String token;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  Connection() {}

  /** What a command does with a client; the result is its exit code. */
  @FunctionalInterface
  interface Action {
    int run(ApiClient client) throws ApiException, InterruptedException;
  }

  /** Runs the action, and tells the operator when the control plane is unreachable or refuses. */
  int run(Action action) throws InterruptedException {
    ApiClient client = client();
    try {
      return action.run(client);
    } catch (ApiException e) {
      console().err().println(e.getMessage());
      return ExitCode.REFUSED;
    }
  }

  private ApiClient client() {
    if (token == null || token.isEmpty()) {
      throw misuse("a token is needed: --token or WEIR_TOKEN");
    }
    try {
      if (URI.create(url).getHost() == null) {
        throw misuse("--url: must be http://host:port, not " + url);
      }
      return new ApiClient(url, BearerToken.of(token));
    } catch (IllegalArgumentException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  /** A fault of the command line itself: shows the usage, exits with 2. */
  ParameterException misuse(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  /** Where the command writes. */
  Console console() {
    return new Console(spec().commandLine().getOut(), spec().commandLine().getErr());
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("picocli sets it before a command runs");
    }
    return command;
  }
}
