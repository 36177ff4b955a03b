package io.weir.control.cli;

/** How the operator's commands end. */
public final class ExitCode {
  /** Done; for {@code publish}, the content is ready. */
  public static final int OK = 0;

  /** The control plane did what was asked, and it ended badly: the content failed. */
  public static final int FAILED = 1;

  /** The command was called wrongly. */
  public static final int MISUSED = 2;

  /** The control plane is unreachable, or refused. */
  public static final int REFUSED = 3;

  private ExitCode() {}
}
