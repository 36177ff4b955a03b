package io.weir.edge.tracker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of the packets that the UDP tracker received: one outcome each. */
final class UdpMetrics {
  final Counter connected;
  final Counter announced;
  final Counter scraped;
  final Counter refused;
  final Counter malformed;
  final Counter strangers;
  final Counter congested;
  final Counter failed;

  UdpMetrics(MeterRegistry meters) {
    connected = packets(meters, "connected");
    announced = packets(meters, "announced");
    scraped = packets(meters, "scraped");
    refused = packets(meters, "refused");
    malformed = packets(meters, "malformed");
    strangers = packets(meters, "bad-connection-id");
    congested = packets(meters, "congested");
    failed = packets(meters, "failed");
  }

  private static Counter packets(MeterRegistry meters, String outcome) {
    return Counter.builder("weir.tracker.udp.packets")
        .tag("outcome", outcome)
        .description(
            "Packets received by the UDP tracker: malformed is noise or a scan; bad-connection-id"
                + " is clients behind changing addresses, or a flood with forged ones; congested"
                + " means that answers were dropped because the socket would not take them;"
                + " failed is what ICMP reported of an answer, or a defect: see the DEBUG log")
        .register(meters);
  }
}
