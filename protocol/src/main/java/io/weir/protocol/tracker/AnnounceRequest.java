package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;

/**
 * What a client tells a tracker, by UDP or HTTP. The address it claims for itself is not kept: the
 * packet's source counts.
 *
 * @param peerId 20 bytes
 * @param leftBytes bytes still to download, 0 for a seed; negative where the client does not know
 * @param numWant peers wanted, -1 for the tracker's default
 * @param port TCP port, 1 to 65535
 * @param compact HTTP only: BEP 23 compact reply wanted (always true by UDP)
 */
public record AnnounceRequest(
    InfoHash infoHash,
    byte[] peerId,
    long downloadedBytes,
    long leftBytes,
    long uploadedBytes,
    Event event,
    int key,
    int numWant,
    int port,
    boolean compact) {
  /** Why the client announces; the ordinal is its number in BEP 15. */
  public enum Event {
    NONE,
    COMPLETED,
    STARTED,
    STOPPED
  }
}
