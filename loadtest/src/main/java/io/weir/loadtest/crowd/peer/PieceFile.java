package io.weir.loadtest.crowd.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.wire.WireCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A peer's copy on disk. Every operation runs on a disk thread and answers by a future, which fails
 * with an {@link UncheckedIOException} if the file cannot be used and with a {@link
 * java.util.concurrent.RejectedExecutionException} if the disk threads have too much to do.
 */
final class PieceFile implements AutoCloseable {
  private static final int HASH_CHUNK_BYTES = 1 << 20;

  private final Metainfo metainfo;
  private final FileChannel channel;
  private final Executor disk;

  private PieceFile(Metainfo metainfo, FileChannel channel, Executor disk) {
    this.metainfo = metainfo;
    this.channel = channel;
    this.disk = disk;
  }

  /** Opens a seed's whole file, or makes an empty one for a leecher. */
  static PieceFile open(PeerPlan plan, Executor disk) throws IOException {
    FileChannel channel =
        plan.seed()
            ? FileChannel.open(plan.file(), StandardOpenOption.READ)
            : FileChannel.open(
                plan.file(),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    return new PieceFile(plan.metainfo(), channel, disk);
  }

  /** Writes the piece if its hash is right, and says whether it was; borrows it until then. */
  CompletableFuture<Boolean> verifyAndWrite(OpenPiece piece) {
    return CompletableFuture.supplyAsync(
        () -> {
          ByteBuffer data = piece.data();
          if (!metainfo.verify(piece.piece(), data)) {
            return false;
          }
          try {
            long offset = offsetBytes(piece.piece(), 0);
            while (data.hasRemaining()) {
              channel.write(data, offset + data.position());
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return true;
        },
        disk);
  }

  /** Reads these blocks, each as a whole Piece message; returns an owned buffer. */
  CompletableFuture<ByteBuf> readMessages(List<BlockRequest> blocks, ByteBufAllocator allocator) {
    return CompletableFuture.supplyAsync(
        () -> {
          int bytes = 0;
          for (BlockRequest block : blocks) {
            bytes += WireCodec.PIECE_HEADER_BYTES + block.lengthBytes();
          }
          ByteBuf messages = allocator.directBuffer(bytes, bytes);
          try {
            ByteBuffer out = messages.internalNioBuffer(0, bytes);
            for (BlockRequest block : blocks) {
              WireCodec.encodePieceHeader(block.piece(), block.begin(), block.lengthBytes(), out);
              out.limit(out.position() + block.lengthBytes());
              readFully(out, offsetBytes(block.piece(), block.begin()));
              out.limit(bytes);
            }
            return messages.writerIndex(bytes);
          } catch (IOException e) {
            messages.release();
            throw new UncheckedIOException(e);
          }
        },
        disk);
  }

  /** The SHA-256 of the whole file, as 64 lower-case hexadecimal digits. */
  CompletableFuture<String> sha256() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer chunk = ByteBuffer.allocate(HASH_CHUNK_BYTES);
            for (long at = 0; channel.read(chunk.clear(), at) > 0; at += chunk.position()) {
              digest.update(chunk.array(), 0, chunk.position());
            }
            return HexFormat.of().formatHex(digest.digest());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
          }
        },
        disk);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void readFully(ByteBuffer out, long fileOffset) throws IOException {
    long base = fileOffset - out.position();
    while (out.hasRemaining()) {
      if (channel.read(out, base + out.position()) < 0) {
        throw new EOFException("file ends before offset " + (base + out.limit()));
      }
    }
  }

  private long offsetBytes(int piece, int begin) {
    return (long) piece * metainfo.pieceLengthBytes() + begin;
  }
}
