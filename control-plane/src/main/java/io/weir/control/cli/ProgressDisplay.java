package io.weir.control.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far something long is: a bar that is drawn over itself on a terminal, else a line for
 * every tenth. Confined to one thread.
 */
public final class ProgressDisplay {
  private static final int BAR_WIDTH = 30;
  private static final int PERCENT_A_LINE = 10;

  private final PrintWriter err;
  private final boolean terminal;
  private String label = "";
  private int lastPercent = -1;

  /** Writes to {@code err}, which stays the caller's. */
  public ProgressDisplay(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** A display on this process's stderr. */
  public static ProgressDisplay onStderr() {
    return new ProgressDisplay(
        new PrintWriter(System.err, true, StandardCharsets.UTF_8), Terminal.isStderr());
  }

  /**
   * Shows how far this step is; another step begins another line.
   *
   * @param step what is under way
   * @param doneBytes 0 to {@code totalBytes}
   * @param totalBytes bytes in all, null until known
   * @param note anything more to say, perhaps empty
   */
  public void show(String step, long doneBytes, @Nullable Long totalBytes, String note) {
    if (!step.equals(label)) {
      end();
      label = step;
      lastPercent = -1;
    }
    int percent = percent(doneBytes, totalBytes);
    if (terminal) {
      int filled = percent * BAR_WIDTH / 100;
      String bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
      String size = totalBytes == null ? "?" : ByteCount.text(totalBytes);
      err.print(
          String.format(
              Locale.ROOT, "\r%-14s %s %3d %% of %s  %s\u001b[K", step, bar, percent, size, note));
    } else if (lastPercent < 0 || percent / PERCENT_A_LINE > lastPercent / PERCENT_A_LINE) {
      err.println(
          String.format(Locale.ROOT, "%-14s %3d %% %s", step, percent, note).stripTrailing());
      lastPercent = percent;
    }
    err.flush();
  }

  /** Leaves the line of the bar. */
  public void end() {
    if (terminal && !label.isEmpty()) {
      err.println();
      err.flush();
    }
    label = "";
  }

  private static int percent(long doneBytes, @Nullable Long totalBytes) {
    return totalBytes == null || totalBytes == 0
        ? 0
        : (int) Math.min(100, doneBytes * 100.0 / totalBytes);
  }
}
