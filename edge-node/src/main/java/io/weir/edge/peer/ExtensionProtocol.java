package io.weir.edge.peer;

import io.weir.edge.socket.SourcePrefix;
import io.weir.protocol.wire.ExtendedHandshake;
import io.weir.protocol.wire.MetadataMessage;
import io.weir.protocol.wire.WireException;
import io.weir.protocol.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The extension protocol with one peer (BEP 10): what this seed offers, which is the metadata
 * exchange (BEP 9), and what it reads of the peer's offer, which is where to send metadata and
 * withdrawn pieces (BEP 54). Other extensions' messages are ignored. Confined to the channel's
 * event loop; queues, the caller flushes.
 */
final class ExtensionProtocol {
  /** The number that peers are told to send ut_metadata under. */
  static final int UT_METADATA = 1;

  private static final String UT_METADATA_NAME = "ut_metadata";
  private static final String DONT_HAVE_NAME = "lt_donthave";
  private static final String UPLOAD_ONLY_NAME = "upload_only";
  private static final byte[] NOT_UPLOAD_ONLY = {0};
  private static final int HANDSHAKE = 0;

  private final PeerConnection connection;
  private final MetadataSeeder metadata;
  private final String client;
  private final int requests;
  private boolean saidUploadOnly;
  private @Nullable Integer theirMetadataId;
  private @Nullable Integer theirDontHaveId;
  private @Nullable Integer theirUploadOnlyId;

  /**
   * With one peer.
   *
   * @param client name and version to show
   * @param requests unanswered requests to offer
   */
  ExtensionProtocol(
      PeerConnection connection, MetadataSeeder metadata, String client, int requests) {
    this.connection = connection;
    this.metadata = metadata;
    this.client = client;
    this.requests = requests;
  }

  /**
   * Sends our extended handshake.
   *
   * @param uploadOnly whether to say that this node wants nothing
   */
  void greet(boolean uploadOnly) {
    saidUploadOnly = uploadOnly;
    write(
        HANDSHAKE,
        new ExtendedHandshake(
                Map.of(UT_METADATA_NAME, UT_METADATA),
                metadata.sizeBytes(),
                requests,
                uploadOnly,
                SourcePrefix.plain(connection.remote().getAddress()).getAddress(),
                client,
                connection.local().getPort())
            .encode());
  }

  /** Whether the peer has said that it understands {@link #dontHave}. */
  boolean understandsDontHave() {
    return theirDontHaveId != null;
  }

  /**
   * Says that this node does not have a piece that it said it had (BEP 54), to a peer that
   * understands. libtorrent lets an upload-only peer go when it wants none of its pieces, and could
   * not hear of this one again; so that is taken back too, by libtorrent's message for it.
   */
  void dontHave(int piece) {
    if (theirDontHaveId == null) {
      return;
    }
    if (saidUploadOnly && theirUploadOnlyId != null) {
      saidUploadOnly = false;
      write(theirUploadOnlyId, NOT_UPLOAD_ONLY);
    }
    write(theirDontHaveId, ByteBuffer.allocate(Integer.BYTES).putInt(piece).array());
  }

  /** One message of the peer's; borrows it for the call. */
  void onMessage(WireMessage.Extended message) throws PeerViolation {
    try {
      if (message.id() == HANDSHAKE) {
        onHandshake(ExtendedHandshake.decode(message.payload()));
      } else if (message.id() == UT_METADATA) {
        onMetadata(MetadataMessage.decode(message.payload()));
      }
    } catch (WireException e) {
      throw new PeerViolation(CloseReason.MALFORMED_MESSAGE, e.getMessage());
    }
  }

  private void onHandshake(ExtendedHandshake handshake) {
    theirMetadataId = handshake.messageIds().get(UT_METADATA_NAME);
    theirDontHaveId = handshake.messageIds().get(DONT_HAVE_NAME);
    theirUploadOnlyId = handshake.messageIds().get(UPLOAD_ONLY_NAME);
    if (handshake.uploadOnly()) {
      connection.close(CloseReason.PEER_COMPLETE, "is upload-only");
    }
  }

  private void onMetadata(MetadataMessage message) {
    if (message instanceof MetadataMessage.Request request && theirMetadataId != null) {
      // What the peer does not take is not piled up for it.
      MetadataMessage answer =
          connection.channel().isWritable()
              ? metadata.answer(request)
              : new MetadataMessage.Reject(request.block());
      write(theirMetadataId, answer.encode());
    }
  }

  private void write(int id, byte[] payload) {
    connection.write(new WireMessage.Extended(id, ByteBuffer.wrap(payload)));
  }
}
