package io.weir.loadtest.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.loadtest.clients.UpProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** One process of a stack that can be killed and started again. For one thread. */
final class Role {
  private static final int KILLED_BY_SIGKILL = 137;
  private static final int GONE_SECONDS = 30;

  private final Class<?> main;
  private final JsonNode entry;
  private final String name;
  private final Queue<String> faults;
  private ProcessHandle handle;

  /**
   * A role that up has started.
   *
   * @param entry of the line that up printed
   * @param faults told where it ends of its own accord
   */
  Role(String name, Class<?> main, JsonNode entry, Queue<String> faults) {
    this.name = name;
    this.main = main;
    this.entry = entry;
    this.faults = faults;
    this.handle = ProcessHandle.of(entry.get("pid").asLong()).orElseThrow();
  }

  String name() {
    return name;
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() throws Exception {
    handle.destroyForcibly();
    handle.onExit().get(GONE_SECONDS, TimeUnit.SECONDS);
  }

  /** Starts it with the same configuration; does not wait until it answers. */
  void start() throws IOException {
    Process process = UpProcess.startRole(main, Path.of(entry.get("config").asText()));
    handle = process.toHandle();
    var unused =
        process
            .onExit()
            .thenAccept(
                ended -> {
                  if (ended.exitValue() != KILLED_BY_SIGKILL && ended.exitValue() != 0) {
                    faults.add(name + " ended with status " + ended.exitValue() + ": " + lastLog());
                  }
                });
  }

  private String lastLog() {
    try {
      List<String> lines = Files.readAllLines(Path.of(entry.get("config").asText() + ".log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
