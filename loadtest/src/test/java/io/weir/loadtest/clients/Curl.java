package io.weir.loadtest.clients;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** curl, run where the network is: the tests' own HTTP client, and a real one. */
final class Curl {
  /**
   * What came back.
   *
   * @param status HTTP status, 0 where nothing answered
   * @param body as far as it came
   * @param complete whether curl was content with the transfer
   */
  record Answer(int status, byte[] body, boolean complete) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final Network network;

  Curl(Network network) {
    this.network = network;
  }

  Answer get(String url, String... options) throws IOException, InterruptedException {
    return send(url, new byte[0], options);
  }

  /** Sends a body where the options name one, as {@code --data-binary @-}. */
  Answer send(String url, byte[] body, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("curl", "--silent", "--globoff", "--max-time", "90"));
    command.addAll(List.of(options));
    command.addAll(List.of("--write-out", "%{stderr}%{http_code}", url));
    Process process = network.command(command).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(body);
    }
    byte[] answer = process.getInputStream().readAllBytes();
    String status = new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII);
    return new Answer(Integer.parseInt(status.strip()), answer, process.waitFor() == 0);
  }
}
