package io.weir.loadtest.rig.http;

import io.netty.buffer.ByteBuf;

/**
 * Counts the plaintext in TLS 1.3 records by their headers alone (RFC 8446, section 5.2): each is
 * as long as its header says, less what this server adds to every one. Pure.
 */
final class RecordCounter {
  /** Of a record's header. */
  static final int HEADER_BYTES = 5;

  private static final int APPLICATION_DATA = 23;

  private final int overheadBytes;
  private final byte[] header = new byte[HEADER_BYTES];
  private int headerBytes;
  private int recordLeft;
  private int recordPlain;
  private long plainBytes;

  /**
   * Before the first record.
   *
   * @param overheadBytes what each has beside its header and its plaintext: content type, tag, and
   *     the padding that some servers add
   */
  RecordCounter(int overheadBytes) {
    this.overheadBytes = overheadBytes;
  }

  /** Plaintext bytes of all whole records so far. */
  long plainBytes() {
    return plainBytes;
  }

  /** Whether the last record is whole. */
  boolean isBetweenRecords() {
    return headerBytes == 0;
  }

  /**
   * Takes ciphertext, all of it; borrows for the call.
   *
   * @throws IllegalArgumentException if these are no records
   */
  void count(ByteBuf ciphertext) {
    while (ciphertext.isReadable()) {
      if (headerBytes < HEADER_BYTES) {
        header[headerBytes++] = ciphertext.readByte();
        if (headerBytes == HEADER_BYTES) {
          beginRecord();
        }
      } else {
        int taken = Math.min(recordLeft, ciphertext.readableBytes());
        ciphertext.skipBytes(taken);
        recordLeft -= taken;
        if (recordLeft == 0) {
          plainBytes += recordPlain;
          headerBytes = 0;
        }
      }
    }
  }

  private void beginRecord() {
    recordLeft = (header[3] & 0xff) << 8 | (header[4] & 0xff);
    recordPlain = recordLeft - overheadBytes;
    if (header[0] != APPLICATION_DATA || recordPlain < 0) {
      throw new IllegalArgumentException("not a TLS 1.3 record of an answer: type " + header[0]);
    }
  }
}
