package io.weir.loadtest;

import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.ResultLine;

/** What a load command prints of a run: figures on stdout, why it proves nothing on stderr. */
final class LoadReport {
  private final String command;

  /**
   * A command's.
   *
   * @param command as it is called, to begin complaints with
   */
  LoadReport(String command) {
    this.command = command;
  }

  /** Prints a result; the exit status that it deserves. */
  int print(LoadResult result, boolean json) {
    return print(ResultLine.of(result), json);
  }

  /** Prints a result; the exit status that it deserves. */
  int print(ResultLine line, boolean json) {
    System.out.println(json ? line.toJson() : line.toText());
    line.faults().forEach(this::complain);
    return line.faults().isEmpty() ? 0 : 1;
  }

  /** Says what went wrong. */
  void complain(String fault) {
    System.err.println(command + ": " + fault);
  }
}
