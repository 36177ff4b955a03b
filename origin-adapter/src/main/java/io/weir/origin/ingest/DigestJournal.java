package io.weir.origin.ingest;

import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests of the pieces that an ingest has hashed so far, so that it goes on after a crash
 * where it was. Append-only: a header with the fingerprint of what is being hashed, then one record
 * for each piece in the order in which they were hashed, each with its CRC-32C. What does not check
 * at the end, as a crash leaves it, is cut off. Not synced: a record that power loss takes costs a
 * second read of its piece. Appending is for any thread.
 */
final class DigestJournal implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(DigestJournal.class);
  private static final byte[] MAGIC = {'w', 'e', 'i', 'r', 'd', 'i', 'g', '1'};
  private static final int SHA1_BYTES = 20;
  private static final int ROOT_BYTES = 32;
  private static final int CRC_BYTES = Integer.BYTES;

  private final Path file;
  private final FileChannel channel;
  private final int rootBytes;
  private final @Nullable PieceDigests[] known;
  private boolean broken;

  private DigestJournal(Path file, FileChannel channel, TorrentFormat format, int pieceCount) {
    this.file = file;
    this.channel = channel;
    this.rootBytes = format == TorrentFormat.HYBRID ? ROOT_BYTES : 0;
    this.known = new @Nullable PieceDigests[pieceCount];
  }

  /**
   * Opens a journal, which begins anew unless it is of the same fingerprint.
   *
   * @param fingerprint 32 bytes that differ wherever a digest could, format included
   */
  static DigestJournal open(Path file, byte[] fingerprint, TorrentFormat format, int pieceCount)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      DigestJournal journal = new DigestJournal(file, channel, format, pieceCount);
      journal.recover(header(fingerprint));
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static byte[] header(byte[] fingerprint) {
    ByteBuffer header = ByteBuffer.allocate(MAGIC.length + fingerprint.length + CRC_BYTES);
    header.put(MAGIC).put(fingerprint);
    return header.putInt(crc(header.array(), header.position())).array();
  }

  private void recover(byte[] header) throws IOException {
    byte[] found = new byte[header.length];
    if (!readFully(found, 0) || !Arrays.equals(found, header)) {
      channel.truncate(0);
      write(header);
      return;
    }
    byte[] piece = new byte[recordBytes()];
    long end = header.length;
    while (readFully(piece, end) && take(piece)) {
      end += piece.length;
    }
    channel.truncate(end);
    channel.position(end);
  }

  private boolean take(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int piece = in.getInt();
    byte[] sha1 = get(in, SHA1_BYTES);
    byte[] pieceRoot = get(in, rootBytes);
    byte[] fileRoot = get(in, rootBytes);
    if (in.getInt() != crc(bytes, bytes.length - CRC_BYTES) || piece < 0 || piece >= known.length) {
      return false;
    }
    known[piece] = new PieceDigests(sha1, pieceRoot, fileRoot);
    return true;
  }

  /** What an earlier run had hashed, by piece; to be read before anything is appended. */
  @Nullable PieceDigests[] known() {
    return known.clone();
  }

  /** Adds a piece. A disk that will not take it costs only the resumption, so it fails nobody. */
  synchronized void append(int piece, PieceDigests digests) {
    if (broken) {
      return;
    }
    ByteBuffer out = ByteBuffer.allocate(recordBytes());
    out.putInt(piece).put(digests.sha1()).put(digests.pieceRoot()).put(digests.fileRoot());
    out.putInt(crc(out.array(), out.position()));
    try {
      write(out.array());
    } catch (IOException e) {
      broken = true;
      log.warn("Digest journal cannot be written file={} error={}", file, e.toString());
    }
  }

  private int recordBytes() {
    return Integer.BYTES + SHA1_BYTES + 2 * rootBytes + CRC_BYTES;
  }

  private boolean readFully(byte[] target, long position) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(target);
    while (rest.hasRemaining()) {
      if (channel.read(rest, position + rest.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static byte[] get(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
