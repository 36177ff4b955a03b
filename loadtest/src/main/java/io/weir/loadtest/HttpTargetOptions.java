package io.weir.loadtest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every HTTP load has to know of the server it loads. */
final class HttpTargetOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "An http: or https: URL that answers ranges; may be repeated, one server's all.")
  private List<URI> urls = new ArrayList<>();

  @Option(
      names = "--urls",
      paramLabel = "FILE",
      description = "More of them, one a line, the most popular first.")
  private @Nullable Path urlFile;

  @Option(names = "--insecure", description = "Take any certificate.")
  private boolean insecure;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The server's process: its CPU time and memory are measured.")
  private @Nullable Long pid;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of every random choice (${DEFAULT-VALUE}).")
  private long seed = 1;

  /** All that are given, in order: first these, then those of options. */
  List<URI> urls(List<URI> first, CommandLine command) {
    List<URI> all = new ArrayList<>(first);
    all.addAll(urls);
    if (urlFile != null) {
      try {
        Files.readAllLines(urlFile).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(URI::create)
            .forEach(all::add);
      } catch (IOException e) {
        throw new ParameterException(command, "--urls: " + urlFile + " cannot be read", e);
      }
    }
    return all;
  }

  boolean insecure() {
    return insecure;
  }

  @Nullable Long pid() {
    return pid;
  }

  long seed() {
    return seed;
  }
}
