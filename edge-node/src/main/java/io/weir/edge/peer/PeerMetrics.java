package io.weir.edge.peer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the peer side counts. Thread-safe. */
final class PeerMetrics {
  final AtomicInteger sessions = new AtomicInteger();
  final LongAdder uploadedBytes = new LongAdder();
  final LongAdder blocks = new LongAdder();
  final Counter withdrawals;
  final Counter utpResets;
  private final Counter completeGreetings;
  private final Counter honestGreetings;
  private final Map<RejectCause, Counter> rejects = new EnumMap<>(RejectCause.class);
  private final Map<CloseReason, Counter> closes = new EnumMap<>(CloseReason.class);

  PeerMetrics(MeterRegistry meters) {
    Gauge.builder("weir.peer.sessions", sessions, AtomicInteger::get)
        .description("Peers past their handshake: rises with the audience, up to its cap")
        .register(meters);
    FunctionCounter.builder("weir.peer.uploaded", uploadedBytes, LongAdder::sum)
        .baseUnit(BaseUnits.BYTES)
        .description("Bytes of blocks that sockets have taken: the swarm's share of the service")
        .register(meters);
    FunctionCounter.builder("weir.peer.blocks", blocks, LongAdder::sum)
        .description("Blocks that sockets have taken")
        .register(meters);
    for (RejectCause cause : RejectCause.values()) {
      rejects.put(cause, rejects(meters, cause));
    }
    withdrawals =
        Counter.builder("weir.peer.withdrawals")
            .description(
                "Pieces taken back from a peer (lt_donthave): a rise means fills slower than the"
                    + " deadline of a block, or pieces evicted while their source is down")
            .register(meters);
    completeGreetings = greetings(meters, "everything");
    honestGreetings = greetings(meters, "stored");
    utpResets =
        Counter.builder("weir.peer.utp.resets")
            .description("uTP connections refused so that the client turns to TCP at once")
            .register(meters);
    for (CloseReason reason : CloseReason.values()) {
      closes.put(reason, closes(meters, reason));
    }
  }

  /** Shows what unsent blocks keep in memory. */
  static void unsent(MeterRegistry meters, SendBudget budget) {
    Gauge.builder("weir.peer.unsent", budget, SendBudget::keptBytes)
        .baseUnit(BaseUnits.BYTES)
        .description(
            "Memory that blocks keep which peers have not taken yet: rises with peers on thin"
                + " lines; at its bound they are sent one block at a time")
        .register(meters);
  }

  void rejected(RejectCause cause) {
    Counter counter = rejects.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }

  void greeted(boolean complete) {
    (complete ? completeGreetings : honestGreetings).increment();
  }

  void closed(CloseReason reason) {
    Counter counter = closes.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  private static Counter rejects(MeterRegistry meters, RejectCause cause) {
    return Counter.builder("weir.peer.rejects")
        .tag("cause", cause.label())
        .description(
            "Requests answered with a reject: late means pieces that cannot be had or come slowly;"
                + " full and choked are peers that ask for more than they were offered; cancelled"
                + " is usual")
        .register(meters);
  }

  private static Counter greetings(MeterRegistry meters, String claim) {
    return Counter.builder("weir.peer.greetings")
        .tag("claim", claim)
        .description(
            "Peers greeted, by what they were told this node has: those told only of what is"
                + " stored came while a source was down")
        .register(meters);
  }

  private static Counter closes(MeterRegistry meters, CloseReason reason) {
    return Counter.builder("weir.peer.closes")
        .tag("reason", reason.label())
        .description(
            "Peer connections ended: peer-closed, idle and peer-complete are usual; piece-unavailable"
                + " follows failing origins; the malformed, invalid and flood reasons are broken or"
                + " hostile peers")
        .register(meters);
  }
}
