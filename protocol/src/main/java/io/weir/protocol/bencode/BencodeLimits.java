package io.weir.protocol.bencode;

/**
 * What the decoder will spend on one input.
 *
 * @param maxDepth how deep lists and dictionaries may nest, 1 to {@link #DEPTH_CEILING}
 * @param maxTokens how many values and keys there may be in all
 * @param maxStringBytes how long one string may be
 * @param maxInputBytes how long the encoded value may be
 */
public record BencodeLimits(int maxDepth, int maxTokens, int maxStringBytes, int maxInputBytes) {
  /** No limits allow more: the encoder and {@code equals} recurse as deep as a value nests. */
  public static final int DEPTH_CEILING = 100;

  /** For metainfo files and info dictionaries: 10 MiB, of which one string may be all. */
  public static final BencodeLimits METAINFO = new BencodeLimits(32, 2_000_000, 10 << 20, 10 << 20);

  /** For dictionaries in peer messages: extended handshake, ut_metadata, ut_pex. */
  public static final BencodeLimits WIRE = new BencodeLimits(8, 1_000, 16 << 10, 32 << 10);

  /** For tracker answers: room for long compact peer lists. */
  public static final BencodeLimits TRACKER = new BencodeLimits(8, 20_000, 512 << 10, 1 << 20);

  /** Checks that every limit allows something. */
  public BencodeLimits {
    if (maxDepth < 1
        || maxDepth > DEPTH_CEILING
        || maxTokens < 1
        || maxStringBytes < 0
        || maxInputBytes < 1) {
      throw new IllegalArgumentException("limits out of bounds");
    }
  }
}
