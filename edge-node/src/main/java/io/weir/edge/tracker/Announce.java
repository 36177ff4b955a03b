package io.weir.edge.tracker;

import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.UdpRequestView;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * One announce as its adapter read it: what it asks, and the verified address that it came from.
 * Filled in anew for each announce, so that a flood of them makes no garbage. One thread's.
 */
public final class Announce {
  long hashHigh;
  long hashMiddle;
  int hashLow;
  long addressHigh;
  long addressLow;
  boolean ipv6;
  int port;
  long leftBytes;
  long downloadedBytes;
  Event event = Event.NONE;
  int numWant;
  boolean anyFamily;

  /** An announce by HTTP, whose answer carries both families. */
  public static Announce byHttp(InetAddress source, AnnounceRequest request) {
    Announce announce = new Announce();
    announce.from(source);
    ByteBuffer hash = ByteBuffer.wrap(request.infoHash().toBytes());
    announce.hashHigh = hash.getLong();
    announce.hashMiddle = hash.getLong();
    announce.hashLow = hash.getInt();
    announce.port = request.port();
    announce.leftBytes = request.leftBytes();
    announce.downloadedBytes = request.downloadedBytes();
    announce.event = request.event();
    announce.numWant = wanted(request.numWant());
    announce.anyFamily = true;
    return announce;
  }

  /** Takes the source address of what is read next. */
  void from(InetAddress source) {
    byte[] bytes = source.getAddress();
    addressHigh = PeerAddress.high(bytes);
    addressLow = PeerAddress.low(bytes);
    ipv6 = PeerAddress.isIpv6(addressHigh, addressLow);
  }

  /**
   * Takes what a packet says, whose source has been told.
   *
   * @param mostPeers of its family that fit the answer
   */
  void read(UdpRequestView packet, int mostPeers) {
    hashHigh = packet.infoHashHigh(0);
    hashMiddle = packet.infoHashMiddle(0);
    hashLow = packet.infoHashLow(0);
    port = packet.port();
    leftBytes = packet.leftBytes();
    downloadedBytes = packet.downloadedBytes();
    event = packet.event();
    numWant = Math.min(wanted(packet.numWant()), mostPeers);
    anyFamily = false;
  }

  /** Clients that say that they do not know what is left are leechers. */
  boolean isSeeder() {
    return leftBytes == 0;
  }

  /**
   * Nothing left does not alone say that a client has everything: aria2 announces so before it has
   * a magnet's metadata. Having downloaded does.
   */
  boolean needsNoSeeder() {
    return isSeeder() && (downloadedBytes > 0 || event == Event.COMPLETED);
  }

  /** Where the client says that it listens. */
  InetSocketAddress listener() {
    return new InetSocketAddress(PeerAddress.toInetAddress(addressHigh, addressLow), port);
  }

  private static int wanted(int numWant) {
    return numWant < 0 ? Tracker.DEFAULT_NUM_WANT : Math.min(numWant, Tracker.MAX_NUM_WANT);
  }
}
