package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.ResultLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs loads as processes of their own, one at a time, on the generator's core. */
public final class Generator {
  /** Beyond its time: a JVM has to start, and connections to open. */
  private static final int PATIENCE_SECONDS = 60;

  private final OwnCommand weir;
  private final Cores cores;
  private final Path log;

  /**
   * Prepares.
   *
   * @param log for what generators say on stderr
   */
  public Generator(OwnCommand weir, Cores cores, Path log) {
    this.weir = weir;
    this.cores = cores;
    this.log = log;
  }

  /**
   * One run.
   *
   * @throws IOException if it does not end in time with a result
   */
  ResultLine run(List<String> arguments, Effort effort) throws IOException, InterruptedException {
    Path out = Files.createTempFile(log.toAbsolutePath().getParent(), "generator", ".json");
    Process process =
        new ProcessBuilder(cores.generator(weir.with(arguments)))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectOutput(out.toFile())
            .start();
    try {
      long seconds = Math.round(effort.warmUpSeconds() + effort.seconds()) + PATIENCE_SECONDS;
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new IOException("a generator did not end: " + String.join(" ", arguments));
      }
      String said = Files.readString(out, StandardCharsets.UTF_8);
      if (said.isBlank()) {
        throw new IOException("a generator had no result, see " + log);
      }
      return ResultLine.parse(said);
    } finally {
      process.destroyForcibly();
      Files.delete(out);
    }
  }
}
