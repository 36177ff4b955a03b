package io.weir.loadtest.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A publisher's HTTP server, in the network where the test's programs are. */
final class OriginProcess implements AutoCloseable {
  private final Process process;
  private final String url;

  private OriginProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Serves a file, or the files below a directory, each answer held back that long. */
  static OriginProcess start(Network network, Path path, Duration delay) throws IOException {
    Process process =
        network
            .command(
                JavaCommand.of(
                    OriginMain.class,
                    network.edgeAddress(),
                    path.toString(),
                    Long.toString(delay.toMillis())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String url = process.inputReader().readLine();
    if (url == null) {
      throw new IOException("origin did not start");
    }
    return new OriginProcess(process, url);
  }

  static OriginProcess start(Network network, Path path) throws IOException {
    return start(network, path, Duration.ZERO);
  }

  /** The file's address, or the address that the names of a directory's files are appended to. */
  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
