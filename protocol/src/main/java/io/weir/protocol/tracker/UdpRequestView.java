package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import java.nio.ByteBuffer;

/**
 * A client's packet (BEP 15) read where it lies, so that a tracker makes no object of it. Looks at
 * one packet after another; each is read only until the next is looked at, and only if its {@link
 * Kind} has the field. One thread's.
 */
public final class UdpRequestView {
  private static final int HEADER_BYTES = 16;
  private static final int ANNOUNCE_BYTES = 98;
  private static final int ACTION = 8;
  private static final int TRANSACTION_ID = 12;
  private static final int PEER_ID = 36;
  private static final int DOWNLOADED = 56;
  private static final int LEFT = 64;
  private static final int UPLOADED = 72;
  private static final int EVENT = 80;
  private static final int KEY = 88;
  private static final int NUM_WANT = 92;
  private static final int PORT = 96;

  /** Events by their number on the wire. */
  private static final Event[] EVENTS = {Event.NONE, Event.COMPLETED, Event.STARTED, Event.STOPPED};

  private ByteBuffer packet = ByteBuffer.allocate(0);
  private int start;
  private int bytes;

  /** What a packet asks for. */
  public enum Kind {
    /** A connection id. */
    CONNECT,
    /** Peers. What follows its 98 bytes (the options of BEP 41) is ignored. */
    ANNOUNCE,
    /** Counts of 1 to {@link UdpTrackerCodec#MAX_SCRAPE_HASHES} swarms. */
    SCRAPE
  }

  /**
   * Looks at a packet from its position to its limit, both left alone; borrows it until the next.
   *
   * @throws TrackerException naming the field that cannot be
   */
  public Kind look(ByteBuffer packet) throws TrackerException {
    this.packet = packet;
    start = packet.position();
    bytes = packet.remaining();
    if (bytes < HEADER_BYTES) {
      throw new TrackerException("request: " + bytes + " bytes, less than 16");
    }
    int action = packet.getInt(start + ACTION);
    return switch (action) {
      case UdpTrackerCodec.CONNECT -> connect();
      case UdpTrackerCodec.ANNOUNCE -> announce();
      case UdpTrackerCodec.SCRAPE -> scrape();
      default -> throw new TrackerException("action: " + action + " is unknown");
    };
  }

  /** Bytes of the packet. */
  public int bytes() {
    return bytes;
  }

  /** As the tracker gave it to this address, not checked here. */
  public long connectionId() {
    return packet.getLong(start);
  }

  /** Echoed in the response. */
  public int transactionId() {
    return packet.getInt(start + TRANSACTION_ID);
  }

  /** Info-hashes: 1 of an announce. */
  public int infoHashes() {
    return packet.getInt(start + ACTION) == UdpTrackerCodec.ANNOUNCE
        ? 1
        : (bytes - HEADER_BYTES) / InfoHash.LENGTH_BYTES;
  }

  /** The first 8 bytes of an info-hash. */
  public long infoHashHigh(int number) {
    return packet.getLong(infoHashAt(number));
  }

  /** The next 8. */
  public long infoHashMiddle(int number) {
    return packet.getLong(infoHashAt(number) + Long.BYTES);
  }

  /** The last 4. */
  public int infoHashLow(int number) {
    return packet.getInt(infoHashAt(number) + 2 * Long.BYTES);
  }

  /** Bytes downloaded, 0 or more. */
  public long downloadedBytes() {
    return packet.getLong(start + DOWNLOADED);
  }

  /** Bytes left, negative where the client does not know. */
  public long leftBytes() {
    return packet.getLong(start + LEFT);
  }

  /** Why it announces. */
  public Event event() {
    return EVENTS[packet.getInt(start + EVENT)];
  }

  /** Peers wanted, -1 for the tracker's default. */
  public int numWant() {
    return Math.max(-1, packet.getInt(start + NUM_WANT));
  }

  /** TCP port, 1 to 65535. */
  public int port() {
    return Short.toUnsignedInt(packet.getShort(start + PORT));
  }

  /** The announce as a value. */
  AnnounceRequest toAnnounceRequest() {
    return new AnnounceRequest(
        infoHash(0),
        take(PEER_ID, AnnounceRequest.PEER_ID_BYTES),
        downloadedBytes(),
        leftBytes(),
        packet.getLong(start + UPLOADED),
        event(),
        packet.getInt(start + KEY),
        numWant(),
        port(),
        true);
  }

  /** An info-hash as a value. */
  InfoHash infoHash(int number) {
    return InfoHash.of(take(infoHashAt(number) - start, InfoHash.LENGTH_BYTES));
  }

  private Kind connect() throws TrackerException {
    if (packet.getLong(start) != UdpTrackerCodec.CONNECT_MAGIC) {
      throw new TrackerException("connect: wrong protocol id");
    }
    return Kind.CONNECT;
  }

  private Kind announce() throws TrackerException {
    if (bytes < ANNOUNCE_BYTES) {
      throw new TrackerException("announce: " + bytes + " bytes, less than 98");
    }
    int event = packet.getInt(start + EVENT);
    if (event < 0 || event >= EVENTS.length) {
      throw new TrackerException("event: " + event + " is unknown");
    }
    if (downloadedBytes() < 0) {
      throw new TrackerException("downloaded: negative");
    }
    if (packet.getLong(start + UPLOADED) < 0) {
      throw new TrackerException("uploaded: negative");
    }
    if (port() == 0) {
      throw new TrackerException("port: not within 1 to 65535");
    }
    return Kind.ANNOUNCE;
  }

  private Kind scrape() throws TrackerException {
    int hashBytes = bytes - HEADER_BYTES;
    if (hashBytes % InfoHash.LENGTH_BYTES != 0) {
      throw new TrackerException("scrape: " + hashBytes + " bytes are not info-hashes of 20");
    }
    int hashes = hashBytes / InfoHash.LENGTH_BYTES;
    if (hashes < 1 || hashes > UdpTrackerCodec.MAX_SCRAPE_HASHES) {
      throw new TrackerException(
          "scrape: " + hashes + " info-hashes, not 1 to " + UdpTrackerCodec.MAX_SCRAPE_HASHES);
    }
    return Kind.SCRAPE;
  }

  private int infoHashAt(int number) {
    return start + HEADER_BYTES + number * InfoHash.LENGTH_BYTES;
  }

  private byte[] take(int at, int count) {
    byte[] taken = new byte[count];
    packet.get(start + at, taken);
    return taken;
  }
}
