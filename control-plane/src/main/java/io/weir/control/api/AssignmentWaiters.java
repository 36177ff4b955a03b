package io.weir.control.api;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;

/**
 * Nodes that wait for another assignment. A waiter is a parked exchange and a timer on its I/O
 * thread, never a thread. At most one for each registered node: a node that asks again has given up
 * the request before, which is answered at once.
 */
final class AssignmentWaiters {
  private final Map<String, Waiter> byNode = new ConcurrentHashMap<>();
  private final Workers workers;
  private final NodeAgentResource agents;
  private volatile boolean closed;

  AssignmentWaiters(Workers workers, NodeAgentResource agents) {
    this.workers = workers;
    this.agents = agents;
  }

  /** Parks an exchange from within a call of its handler. */
  void park(HttpServerExchange exchange, Outcome.AwaitAssignment await) {
    exchange.dispatch(SameThreadExecutor.INSTANCE, () -> new Waiter(exchange, await).begin());
  }

  /**
   * Answers everyone who waits for what there is now. Called after every change of the snapshot, on
   * any thread; returns at once.
   */
  void onAssignmentChanged() {
    List.copyOf(byNode.values()).forEach(Waiter::endIfNewer);
  }

  /** Answers everyone who waits, and from now on whoever comes to wait, at once. */
  void close() {
    closed = true;
    List.copyOf(byNode.values()).forEach(Waiter::end);
  }

  /** How many wait. */
  int count() {
    return byNode.size();
  }

  private final class Waiter {
    private final HttpServerExchange exchange;
    private final Outcome.AwaitAssignment await;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile XnioExecutor.@Nullable Key timer;

    Waiter(HttpServerExchange exchange, Outcome.AwaitAssignment await) {
      this.exchange = exchange;
      this.await = await;
    }

    void begin() {
      Waiter abandoned = byNode.put(await.nodeId(), this);
      if (abandoned != null) {
        abandoned.end();
      }
      timer =
          exchange
              .getIoThread()
              .executeAfter(this::end, await.atMost().toMillis(), TimeUnit.MILLISECONDS);
      // A change between the first look and the parking had nobody to wake.
      endIfNewer();
      if (closed) {
        end();
      }
    }

    /** The news of an earlier change may come late, to a waiter that knows it already. */
    void endIfNewer() {
      if (!(agents.newerThan(await.afterVersion()) instanceof Outcome.Nothing)) {
        end();
      }
    }

    void end() {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      byNode.remove(await.nodeId(), this);
      XnioExecutor.Key pending = timer;
      if (pending != null) {
        pending.remove();
      }
      workers.run(
          exchange, parked -> Responses.send(parked, agents.newerThan(await.afterVersion())));
    }
  }
}
