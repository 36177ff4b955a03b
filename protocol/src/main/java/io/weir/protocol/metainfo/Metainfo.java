package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import io.weir.protocol.bencode.ByteSpan;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a .torrent says: which files, cut into which pieces, with which hashes, under which
 * info-hash. v1 (BEP 3), v2 (BEP 52) or hybrid; in a hybrid both halves are checked to describe the
 * same files. Info-hashes are over the original bytes of the info dictionary, which are kept.
 *
 * <p>Pieces cut the concatenation of all files, padding included. In a v2-only torrent each file
 * begins at a piece of its own instead, so that a file's last piece may be short and the gap behind
 * it belongs to no file.
 *
 * <p>Bounds: 10 MiB of input, 2^21 pieces of 16 KiB to 64 MiB, names of 255 bytes, 32 directories
 * deep, 32 Mi characters of paths. Immutable, any thread.
 */
public final class Metainfo {
  private static final String CREATED_BY = "Weir";
  private static final BencodeDictionary NO_LAYERS = BencodeDictionary.builder().build();

  private final byte[] infoBytes;
  private final Info info;
  private final TorrentUrls urls;
  private final PieceVerifier verifier;
  private final @Nullable InfoHash infoHash;
  private final @Nullable InfoHashV2 infoHashV2;
  private final byte @Nullable [] encodedPieceLayers;

  private Metainfo(
      byte[] infoBytes,
      Info info,
      TorrentUrls urls,
      PieceVerifier verifier,
      byte @Nullable [] encodedPieceLayers) {
    this.infoBytes = infoBytes;
    this.info = info;
    this.urls = urls;
    this.verifier = verifier;
    this.infoHash = info.sha1s() == null ? null : InfoHash.of(Digests.sha1(infoBytes));
    this.infoHashV2 = info.tree() == null ? null : InfoHashV2.of(Digests.sha256(infoBytes));
    this.encodedPieceLayers = encodedPieceLayers;
  }

  /** Parses a whole .torrent. */
  public static Metainfo parse(byte[] torrent) throws MetainfoException {
    try {
      BencodeDictionary root = decode(torrent);
      BencodeDictionary dictionary = root.dictionary("info");
      ByteSpan span = Objects.requireNonNull(dictionary.source(), "decoded");
      byte[] infoBytes = Arrays.copyOfRange(torrent, span.offset(), span.end());
      Info info = Info.read(dictionary);
      return of(infoBytes, info, TorrentUrls.read(root), layers(root, info));
    } catch (BencodeException e) {
      throw new MetainfoException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Builds a metainfo from a bare info dictionary, as ut_metadata delivers it (BEP 9). It comes
   * without piece layers, so where they would be needed the pieces of a hybrid are verified by
   * their v1 hashes, and a v2-only torrent is refused.
   */
  public static Metainfo fromInfo(byte[] info) throws MetainfoException {
    try {
      byte[] infoBytes = info.clone();
      Info read = Info.read(decode(infoBytes));
      boolean v1Alone = read.sha1s() != null && PieceLayers.needed(read.layout());
      return of(infoBytes, read, TorrentUrls.NONE, v1Alone ? null : NO_LAYERS);
    } catch (BencodeException e) {
      throw new MetainfoException(String.valueOf(e.getMessage()), e);
    }
  }

  private static BencodeDictionary decode(byte[] bytes) throws BencodeException {
    return Bencode.asDictionary(Bencode.decode(bytes, BencodeLimits.METAINFO));
  }

  private static @Nullable BencodeDictionary layers(BencodeDictionary root, Info info)
      throws BencodeException {
    if (info.tree() == null) {
      return null;
    }
    BencodeDictionary layers = root.findDictionary("piece layers");
    return layers == null ? NO_LAYERS : layers;
  }

  /** Without layers the v1 half must be able to verify alone. */
  private static Metainfo of(
      byte[] infoBytes, Info info, TorrentUrls urls, @Nullable BencodeDictionary layers)
      throws MetainfoException {
    List<FileTree.Entry> tree = info.tree();
    byte[] sha1s = info.sha1s();
    if (tree != null && layers != null) {
      PieceVerifier verifier =
          new MerkleVerifier(info.layout(), PieceLayers.read(info.layout(), tree, layers));
      return new Metainfo(infoBytes, info, urls, verifier, Bencode.encode(layers));
    }
    PieceVerifier verifier = new Sha1Verifier(Objects.requireNonNull(sha1s, "v1 half"));
    return new Metainfo(infoBytes, info, urls, verifier, null);
  }

  /** The original bytes of the info dictionary, a read-only view. */
  public ByteBuffer info() {
    return ByteBuffer.wrap(infoBytes).asReadOnlyBuffer();
  }

  /** The v1 info-hash; null for a v2-only torrent. */
  public @Nullable InfoHash infoHash() {
    return infoHash;
  }

  /** The v2 info-hash; null for a v1-only torrent. */
  public @Nullable InfoHashV2 infoHashV2() {
    return infoHashV2;
  }

  /** The hash that handshakes and trackers use first: v1, or truncated v2 where there is no v1. */
  public InfoHash swarmHash() {
    return infoHash != null
        ? infoHash
        : Objects.requireNonNull(infoHashV2, "neither v1 nor v2").truncated();
  }

  /** The name of the file, or of the directory that the files lie in. */
  public String name() {
    return info.name();
  }

  /** Whether the files lie in a directory, though it be only one file. */
  public boolean multiFile() {
    return info.multiFile();
  }

  /** Files and pieces without names and hashes. */
  public FileLayout layout() {
    return info.layout();
  }

  /** All files in order, padding included. */
  public List<TorrentFile> files() {
    return info.layout().files();
  }

  /**
   * The file at this path below the torrent's name ({@link TorrentFile#path()}), or null. Padding
   * is never found. Takes constant time.
   */
  public @Nullable TorrentFile fileAt(List<String> path) {
    return info.layout().fileAt(path);
  }

  /** Length of the concatenation, padding and gaps included. */
  public long totalLengthBytes() {
    return info.layout().totalLengthBytes();
  }

  /** Length of every piece but the last of the torrent, or of a file in a v2-only torrent. */
  public int pieceLengthBytes() {
    return info.layout().pieceLengthBytes();
  }

  /** Number of pieces, 1 or more. */
  public int pieceCount() {
    return info.layout().pieceCount();
  }

  /**
   * Length of this piece: {@link #pieceLengthBytes()} or less.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public int pieceLengthBytes(int piece) {
    return info.layout().pieceLengthBytes(piece);
  }

  /**
   * What this piece is made of, in order and without holes, padding included. In v2 and hybrid
   * torrents that is a part of one file, with padding behind it or not.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public List<FileSlice> slices(int piece) {
    return info.layout().slices(piece);
  }

  /**
   * Where a range of one of this torrent's files lies among its pieces.
   *
   * @param file one of {@link #files()}
   * @param offsetBytes the range's first byte in the file
   * @param lengthBytes the range's length, 1 or more
   * @throws IllegalArgumentException if it is not a file of this torrent
   * @throws IndexOutOfBoundsException if the file has no such range
   */
  public PieceRange pieces(TorrentFile file, long offsetBytes, long lengthBytes) {
    return info.layout().pieces(file, offsetBytes, lengthBytes);
  }

  /** Whether peers may only be had from the torrent's trackers (BEP 27). */
  public boolean isPrivate() {
    return info.isPrivate();
  }

  /** The trackers that the .torrent named, by tier (BEP 3, BEP 12). */
  public List<List<String>> announceTiers() {
    return urls.announceTiers();
  }

  /** The web seeds that the .torrent named (BEP 19). */
  public List<String> webSeeds() {
    return urls.webSeeds();
  }

  /**
   * Begins to verify a piece whose bytes come in parts: by its v2 hash where there is one, else by
   * its v1 hash.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public PieceVerification beginPiece(int piece) {
    return new PieceVerification(pieceLengthBytes(piece), List.of(verifier.begin(piece)));
  }

  /**
   * Begins to verify a piece whose bytes come in parts, by every hash there is: in a hybrid by
   * both, since peers of the two swarms check one each.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public PieceVerification beginPieceByEveryHash(int piece) {
    byte[] sha1s = info.sha1s();
    if (sha1s == null || verifier instanceof Sha1Verifier) {
      return beginPiece(piece);
    }
    return new PieceVerification(
        pieceLengthBytes(piece),
        List.of(verifier.begin(piece), new Sha1Verifier(sha1s).begin(piece)));
  }

  /**
   * Whether the remaining bytes of data are this piece, as {@link #beginPiece} verifies it. Borrows
   * for the call, position unchanged; copies nothing.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public boolean verify(int piece, ByteBuffer data) {
    return verify(beginPiece(piece), data);
  }

  /**
   * Whether the remaining bytes of data are this piece, as {@link #beginPieceByEveryHash} verifies
   * it. Borrows for the call, position unchanged.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public boolean verifyEveryHash(int piece, ByteBuffer data) {
    return verify(beginPieceByEveryHash(piece), data);
  }

  private static boolean verify(PieceVerification verification, ByteBuffer data) {
    verification.update(data.duplicate());
    return verification.verify();
  }

  /**
   * The .torrent with these announce tiers (BEP 12) and web seeds (BEP 19) instead of those it came
   * with: the same info bytes and piece layers, canonical, equal input giving equal bytes.
   *
   * @throws IllegalStateException if this came from {@link #fromInfo} without the piece layers that
   *     its v2 half needs
   */
  public byte[] toTorrent(List<List<String>> announceTiers, List<String> webSeeds) {
    Map<String, byte[]> entries = new HashMap<>();
    List<List<String>> tiers = announceTiers.stream().filter(tier -> !tier.isEmpty()).toList();
    if (!tiers.isEmpty()) {
      entries.put("announce", Bencode.encode(BencodeString.of(tiers.get(0).get(0))));
      entries.put(
          "announce-list",
          Bencode.encode(
              new BencodeList(tiers.stream().<BencodeValue>map(BencodeList::ofTexts).toList())));
    }
    if (!webSeeds.isEmpty()) {
      entries.put("url-list", Bencode.encode(BencodeList.ofTexts(webSeeds)));
    }
    if (encodedPieceLayers != null) {
      entries.put("piece layers", encodedPieceLayers);
    } else if (infoHashV2 != null) {
      throw new IllegalStateException("piece layers are not known");
    }
    entries.put("created by", Bencode.encode(BencodeString.of(CREATED_BY)));
    entries.put("info", infoBytes);
    return Bencode.encodeDictionary(entries);
  }
}
