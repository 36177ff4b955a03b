package io.weir.loadtest.rig.tracker;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A tracker in a process of its own, to be measured. Its owner closes it; should this process end
 * before, it ends as well.
 */
public final class TrackerProcess implements AutoCloseable {
  private static final long END_SECONDS = 20;

  private final Process process;
  private final List<String> command;
  private final InetSocketAddress udp;
  private final InetSocketAddress http;
  private final Path infoHashes;
  private final Thread atExit;

  TrackerProcess(
      Process process,
      List<String> command,
      InetSocketAddress udp,
      InetSocketAddress http,
      Path infoHashes) {
    this.process = process;
    this.command = List.copyOf(command);
    this.udp = udp;
    this.http = http;
    this.infoHashes = infoHashes;
    this.atExit = new Thread(process::destroyForcibly, "tracker-process");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** The operating system's number of it. */
  public long pid() {
    return process.pid();
  }

  /** How it was started. */
  public List<String> command() {
    return command;
  }

  /** Where it takes announces by UDP. */
  public InetSocketAddress udp() {
    return udp;
  }

  /** Where it takes announces by HTTP, at {@code /announce}. */
  public InetSocketAddress http() {
    return http;
  }

  /** The {@link InfoHashFile} of the swarms that it knows. */
  public Path infoHashes() {
    return infoHashes;
  }

  /** Ends it, by force where it does not end when told. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // This process is ending, and the hook runs or has run.
    }
  }
}
