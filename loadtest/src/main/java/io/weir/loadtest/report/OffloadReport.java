package io.weir.loadtest.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where the bytes of a run came from, each counted by whoever sent or received them, so that the
 * sums are a check and not a tautology: the origin counts what it sent, edges count content bytes
 * and blocks sent, the crowd counts what arrived.
 *
 * @param contentBytes length of the content
 * @param originBytes body bytes that the origin sent, ingest included
 * @param edgeHttpBytes content bytes that edges sent over HTTP
 * @param edgeSwarmBytes block bytes that edges sent over the peer wire
 * @param peerToPeerBytes block bytes that the crowd's peers sent each other
 * @param receivedBytes content bytes that the crowd received, over HTTP and the peer wire
 * @param downloads participants in the crowd
 * @param verified participants whose whole copy had the right SHA-256
 * @param seconds from the first request to the last verified copy
 */
public record OffloadReport(
    long contentBytes,
    long originBytes,
    long edgeHttpBytes,
    long edgeSwarmBytes,
    long peerToPeerBytes,
    long receivedBytes,
    int downloads,
    int verified,
    double seconds) {
  /** "The origin sent each byte about once." */
  public static final double MAX_ORIGIN_AMPLIFICATION = 1.05;

  /** Sent and received may differ by this share of what was received. */
  public static final double MAX_IMBALANCE = 0.01;

  private static final double MEBIBYTE = 1 << 20;

  /** Content bytes that edges and peers sent. */
  public long sentBytes() {
    return edgeHttpBytes + edgeSwarmBytes + peerToPeerBytes;
  }

  /** Bytes that the origin sent for each byte of content. */
  public double originAmplification() {
    return (double) originBytes / contentBytes;
  }

  /** Share of what the crowd received that the origin did not have to send. */
  public double offload() {
    return receivedBytes == 0 ? 0 : 1 - (double) originBytes / receivedBytes;
  }

  /** What is wrong with this run, for people; empty if it is right. */
  public List<String> faults() {
    return Stream.of(
            verified == downloads
                ? ""
                : (downloads - verified) + " of " + downloads + " downloads are not right",
            originAmplification() <= MAX_ORIGIN_AMPLIFICATION
                ? ""
                : String.format(
                    Locale.ROOT,
                    "the origin sent %.3f × the content, more than %.2f",
                    originAmplification(),
                    MAX_ORIGIN_AMPLIFICATION),
            Math.abs(sentBytes() - receivedBytes) <= MAX_IMBALANCE * receivedBytes
                ? ""
                : "sent (" + sentBytes() + ") and received (" + receivedBytes + ") do not add up")
        .filter(fault -> !fault.isEmpty())
        .toList();
  }

  /** The table for people, lines separated by newlines. */
  public String toTable() {
    StringBuilder out = new StringBuilder();
    String rule = "─".repeat(49) + "\n";
    out.append(String.format(Locale.ROOT, "%-26s%13s%10s%n", "bytes by source", "MiB", "share"));
    out.append(rule);
    row(out, "edge → HTTP clients", edgeHttpBytes);
    row(out, "edge → swarm", edgeSwarmBytes);
    row(out, "peer → peer", peerToPeerBytes);
    out.append(rule);
    row(out, "sent", sentBytes());
    row(out, "received by clients", receivedBytes);
    out.append(rule);
    out.append(
        String.format(
            Locale.ROOT,
            "%-26s%13.1f%9.3f×  of the content's %.1f MiB%n",
            "origin",
            originBytes / MEBIBYTE,
            originAmplification(),
            contentBytes / MEBIBYTE));
    out.append(
        String.format(
            Locale.ROOT, "%-26s%12.1f%%  of what clients received%n", "offload", 100 * offload()));
    out.append(
        String.format(
            Locale.ROOT,
            "%-26s%13s  with the right SHA-256%n",
            "downloads",
            verified + "/" + downloads));
    out.append(String.format(Locale.ROOT, "%-26s%13.1f%n", "seconds", seconds));
    return out.toString();
  }

  private void row(StringBuilder out, String name, long bytes) {
    double share = receivedBytes == 0 ? 0 : 100.0 * bytes / receivedBytes;
    out.append(String.format(Locale.ROOT, "%-26s%13.1f%9.1f%%%n", name, bytes / MEBIBYTE, share));
  }
}
