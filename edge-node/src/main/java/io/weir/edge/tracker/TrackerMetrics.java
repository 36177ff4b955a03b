package io.weir.edge.tracker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the tracker core counts. */
final class TrackerMetrics {
  final Counter answered;
  final Counter refused;
  final Counter expired;
  final Counter displaced;
  final Counter unremembered;

  TrackerMetrics(MeterRegistry meters) {
    answered = announces(meters, "answered");
    refused = announces(meters, "refused");
    expired = departures(meters, "expired");
    displaced = departures(meters, "displaced");
    unremembered =
        Counter.builder("weir.tracker.peers.unremembered")
            .description(
                "Announces answered without remembering the peer, for the ports already known"
                    + " behind its address: a rise is one large NAT, or one host posing as many")
            .register(meters);
  }

  private static Counter announces(MeterRegistry meters, String outcome) {
    return Counter.builder("weir.tracker.announces")
        .tag("outcome", outcome)
        .description(
            "Announces by UDP and HTTP: answered rises with the audience; refused with clients"
                + " that ask for content not registered here")
        .register(meters);
  }

  private static Counter departures(MeterRegistry meters, String cause) {
    return Counter.builder("weir.tracker.peers.forgotten")
        .tag("cause", cause)
        .description(
            "Peers forgotten without a goodbye: expired is usual churn; displaced means that a"
                + " swarm or the tracker has reached its cap")
        .register(meters);
  }
}
