package io.weir.loadtest.rig.contender;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import io.weir.protocol.wire.Handshake;
import io.weir.protocol.wire.WireCodec;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Asks over the wire whether a seed has everything by now (BEP 3, 6). */
final class SeedProbe {
  private static final byte[] PEER_ID = "-WL0100-probe0000000".getBytes(StandardCharsets.US_ASCII);
  private static final int TIMEOUT_MILLIS = 2_000;

  private final InetSocketAddress address;
  private final InfoHash infoHash;
  private final int pieceCount;

  SeedProbe(SeedingPlan plan) throws IOException {
    address = new InetSocketAddress(plan.listen().host(), plan.listen().port());
    try {
      Metainfo metainfo = Metainfo.parse(Files.readAllBytes(plan.torrent()));
      infoHash = metainfo.swarmHash();
      pieceCount = metainfo.pieceCount();
    } catch (MetainfoException e) {
      throw new IOException(plan.torrent() + ": " + e.getMessage(), e);
    }
  }

  /** Whether it answers with every piece; false too where nobody answers. */
  boolean isSeeding() {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      ByteBuffer ours = ByteBuffer.allocate(Handshake.LENGTH_BYTES);
      new Handshake(infoHash, PEER_ID, true, false).encode(ours);
      socket.getOutputStream().write(ours.array());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Handshake.decode(ByteBuffer.wrap(in.readNBytes(Handshake.LENGTH_BYTES)));
      WireMessage has = message(in);
      while (!(has instanceof WireMessage.HaveAll || has instanceof WireMessage.Bitfield)) {
        has = message(in);
      }
      return has instanceof WireMessage.HaveAll
          || ((WireMessage.Bitfield) has).toBitSet(pieceCount).cardinality() == pieceCount;
    } catch (IOException | WireException e) {
      return false;
    }
  }

  private static WireMessage message(DataInputStream in) throws IOException, WireException {
    int lengthBytes = in.readInt();
    if (lengthBytes < 0 || lengthBytes > WireCodec.MAX_FRAME_BYTES) {
      throw new WireException("frame of " + Integer.toUnsignedString(lengthBytes) + " bytes");
    }
    return WireCodec.decode(ByteBuffer.wrap(in.readNBytes(lengthBytes)));
  }
}
