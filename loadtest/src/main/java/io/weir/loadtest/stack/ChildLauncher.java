package io.weir.loadtest.stack;

import io.weir.protocol.config.ConfigFile;
import io.weir.protocol.process.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes from this one's class path, with the launcher's JVM options ({@code
 * WEIR_JAVA_OPTS}).
 */
final class ChildLauncher {
  private final Path configs;
  private final Path logs;

  /** Makes {@code config/} and {@code log/} below the directory. */
  ChildLauncher(Path dir) throws IOException {
    configs = Files.createDirectories(dir.resolve("config"));
    logs = Files.createDirectories(dir.resolve("log"));
  }

  /** Writes the configuration and starts its process, which may yet fail. */
  Child start(String role, Class<?> main, Record config, Path dataDir) throws IOException {
    Path file = configs.resolve(role + ".yaml");
    DurableFile.write(file, ConfigFile.print(config).getBytes(StandardCharsets.UTF_8));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+ExitOnOutOfMemoryError");
    String options = System.getenv("WEIR_JAVA_OPTS");
    if (options != null && !options.isBlank()) {
      command.addAll(List.of(options.strip().split("\\s+")));
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            "serve",
            "--config",
            file.toString(),
            "--end-with-stdin"));
    Path log = logs.resolve(role + ".log");
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new Child(role, process, new RoleProcess(process.pid(), file, dataDir), log, logStart);
  }
}
