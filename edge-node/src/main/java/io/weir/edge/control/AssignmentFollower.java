package io.weir.edge.control;

import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.NodeRegistration;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the node, then follows its assignment by long polls, for as long as its thread lives. A
 * control plane that is away is asked again after growing delays; what is applied stays applied.
 */
final class AssignmentFollower implements Runnable {
  private static final Duration POLL = Duration.ofSeconds(30);

  /** Between polls, lest one that is answered at once for whatever reason becomes a busy loop. */
  private static final Duration POLL_GAP = Duration.ofMillis(20);

  /** Stands for no version known, so that whatever there is comes at once. */
  private static final long NO_VERSION = -1;

  private static final Logger log = LoggerFactory.getLogger(AssignmentFollower.class);

  private final ControlPlaneClient controlPlane;
  private final NodeRegistration registration;
  private final AssignmentApplier applier;
  private final Backoff backoff;
  private boolean registered;
  private boolean versionHolds = true;
  private boolean failing;
  private @Nullable Assignment unfinished;

  AssignmentFollower(
      ControlPlaneClient controlPlane,
      NodeRegistration registration,
      AssignmentApplier applier,
      Backoff backoff) {
    this.controlPlane = controlPlane;
    this.registration = registration;
    this.applier = applier;
    this.backoff = backoff;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(step().toMillis());
      }
    } catch (InterruptedException e) {
      log.debug("assignment follower ends");
    }
  }

  /** One exchange with the control plane; how long to wait before the next. */
  private Duration step() throws InterruptedException {
    try {
      if (!registered) {
        controlPlane.register(registration);
        registered = true;
        log.info("registered with control plane node={}", registration.endpoints().id());
      }
      follow();
      if (failing) {
        log.info("control plane is back");
        failing = false;
      }
    } catch (NotRegisteredException e) {
      registered = false;
      versionHolds = false;
      onFailure(e);
      return backoff.next();
    } catch (IOException e) {
      onFailure(e);
      return backoff.next();
    } catch (RuntimeException e) {
      // A disk that refuses, say. Without this thread the node would never hear of a change again.
      log.error("assignment not taken, trying again", e);
      return backoff.next();
    }
    if (unfinished != null) {
      return backoff.next();
    }
    backoff.reset();
    return POLL_GAP;
  }

  private void follow() throws IOException, InterruptedException {
    Assignment pending = unfinished;
    Assignment changed = controlPlane.assignment(version(), pending == null ? POLL : Duration.ZERO);
    Assignment next = changed == null ? pending : changed;
    if (next != null) {
      applier.apply(next);
      versionHolds = true;
      Applied applied = applier.applied();
      unfinished = applied != null && applied.complete() ? null : next;
    }
  }

  /**
   * The version to be told of changes from. None while metainfo that disk lacked is missing, and
   * none from a control plane that had forgotten this node: it may count from the start again.
   */
  private long version() {
    Applied applied = applier.applied();
    boolean restoredInPart = unfinished == null && applied != null && !applied.complete();
    return applied == null || restoredInPart || !versionHolds ? NO_VERSION : applied.version();
  }

  private void onFailure(IOException e) {
    if (!failing) {
      log.warn("control plane lost, living on the last assignment cause={}", e.getMessage());
      failing = true;
    }
  }
}
