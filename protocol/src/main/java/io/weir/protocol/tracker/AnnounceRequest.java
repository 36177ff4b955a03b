package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.util.Arrays;

/**
 * What a client tells a tracker, by UDP or HTTP. The address it claims for itself is not kept: the
 * packet's source counts.
 *
 * @param infoHash the swarm
 * @param peerId 20 bytes, owned by the request from here on
 * @param downloadedBytes bytes downloaded since it started, 0 or more
 * @param leftBytes bytes still to download, 0 for a seed; negative where the client does not know
 * @param uploadedBytes bytes uploaded since it started, 0 or more
 * @param event why it announces
 * @param key by which the client is known again when its address changes
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
  /** Bytes in a peer id. */
  static final int PEER_ID_BYTES = 20;

  /** Why the client announces. */
  public enum Event {
    /** At the interval. */
    NONE,
    /** The last piece has come. */
    COMPLETED,
    /** The first announce. */
    STARTED,
    /** The client leaves. */
    STOPPED
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the field that is out of bounds
   */
  public AnnounceRequest {
    if (peerId.length != PEER_ID_BYTES) {
      throw new IllegalArgumentException("peer_id: " + peerId.length + " bytes, not 20");
    }
    if (downloadedBytes < 0) {
      throw new IllegalArgumentException("downloaded: negative");
    }
    if (uploadedBytes < 0) {
      throw new IllegalArgumentException("uploaded: negative");
    }
    if (numWant < -1) {
      throw new IllegalArgumentException("numwant: less than -1");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port: not within 1 to 65535");
    }
  }

  /** Equal by the peer id's bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AnnounceRequest that
        && infoHash.equals(that.infoHash)
        && Arrays.equals(peerId, that.peerId)
        && downloadedBytes == that.downloadedBytes
        && leftBytes == that.leftBytes
        && uploadedBytes == that.uploadedBytes
        && event == that.event
        && key == that.key
        && numWant == that.numWant
        && port == that.port
        && compact == that.compact;
  }

  @Override
  public int hashCode() {
    return 31 * infoHash.hashCode() + Arrays.hashCode(peerId);
  }
}
