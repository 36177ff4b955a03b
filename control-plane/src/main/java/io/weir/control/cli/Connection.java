package io.weir.control.cli;

import io.weir.protocol.control.BearerToken;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which every command finds its control plane, and how commands end. */
final class Connection {
  private static final String DEFAULT_URL = "http://127.0.0.1:7070";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "the control plane's (WEIR_URL; " + DEFAULT_URL + ")",
      defaultValue = "${env:WEIR_URL}",
      showDefaultValue = Visibility.NEVER)
  private @Nullable String url;

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
    String base = url == null || url.isEmpty() ? DEFAULT_URL : url;
    if (!isBaseUrl(base)) {
      throw misuse("--url: must be http://host:port, not " + base);
    }
    try {
      return new ApiClient(base, BearerToken.of(token));
    } catch (IllegalArgumentException e) {
      throw misuse("--token: " + e.getMessage());
    }
  }

  private static boolean isBaseUrl(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
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
