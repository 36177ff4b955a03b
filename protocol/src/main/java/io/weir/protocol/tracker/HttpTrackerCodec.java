package io.weir.protocol.tracker;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.metainfo.InfoHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Announce and scrape over HTTP (BEP 3, 7, 23, 48), from the raw (still percent-encoded) query: an
 * info-hash is binary and does not survive decoding as text. Messages of exceptions quote nothing
 * of the query and are fit to be sent as {@code failure reason}. Stateless, any thread.
 */
public final class HttpTrackerCodec {
  /** Longest query that is parsed. */
  public static final int MAX_QUERY_CHARS = 8 * 1024;

  /** Most info-hashes in a scrape. */
  public static final int MAX_SCRAPE_HASHES = 64;

  /**
   * Reads the query of an announce. {@code info_hash}, {@code peer_id} and {@code port} must be
   * there; {@code ip} and {@code ipv6} are ignored; a reply is compact unless {@code compact=0}.
   *
   * @throws TrackerException naming the field that is missing or cannot be
   */
  public static AnnounceRequest parseAnnounce(String rawQuery) throws TrackerException {
    return AnnounceQuery.parse(rawQuery);
  }

  /** The query of an announce, for clients; {@link #parseAnnounce} reads it back. */
  public static String formatAnnounce(AnnounceRequest request) {
    return AnnounceQuery.format(request);
  }

  /**
   * The info-hashes of a scrape's query, in order.
   *
   * @throws TrackerException if there is none, more than {@link #MAX_SCRAPE_HASHES}, or one that
   *     cannot be
   */
  public static List<InfoHash> parseScrape(String rawQuery) throws TrackerException {
    List<InfoHash> hashes = new ArrayList<>();
    for (byte[] hash : new RawQuery(rawQuery).all("info_hash", MAX_SCRAPE_HASHES)) {
      hashes.add(InfoHash.of(RawQuery.requireTwenty("info_hash", hash)));
    }
    if (hashes.isEmpty()) {
      throw new TrackerException("info_hash: missing");
    }
    if (hashes.size() > MAX_SCRAPE_HASHES) {
      throw new TrackerException("info_hash: more than " + MAX_SCRAPE_HASHES);
    }
    return hashes;
  }

  /**
   * Bencoded; compact: peers and peers6, otherwise a list of dictionaries. {@code min interval} is
   * half the interval.
   */
  public static byte[] encodeAnnounce(
      int intervalSeconds, int seeders, int leechers, CompactPeers peers, boolean compact) {
    return AnnounceReply.encode(intervalSeconds, seeders, leechers, peers, compact);
  }

  /** The same of an answer as a value. */
  public static byte[] encodeAnnounce(AnnounceResponse response, boolean compact) {
    return encodeAnnounce(
        response.intervalSeconds(),
        response.seeders(),
        response.leechers(),
        CompactPeers.of(response.peers()),
        compact);
  }

  /** The {@code files} dictionary of BEP 48. */
  public static byte[] encodeScrape(Map<InfoHash, ScrapeStats> stats) {
    BencodeDictionary.Builder files = BencodeDictionary.builder();
    stats.forEach(
        (hash, counts) ->
            files.put(
                BencodeString.of(hash.toBytes()),
                BencodeDictionary.builder()
                    .put("complete", counts.seeders())
                    .put("downloaded", counts.completed())
                    .put("incomplete", counts.leechers())
                    .build()));
    return Bencode.encode(BencodeDictionary.builder().put("files", files.build()).build());
  }

  /** A bencoded {@code failure reason}. */
  public static byte[] encodeFailure(String reason) {
    return Bencode.encode(BencodeDictionary.builder().put("failure reason", reason).build());
  }

  /**
   * Reads a tracker's answer, for clients. Peers given by name are dropped: no resolver is asked
   * for what a tracker names.
   *
   * @throws TrackerException if it is a failure, with the tracker's reason, or cannot be understood
   */
  public static AnnounceResponse decodeAnnounce(byte[] body) throws TrackerException {
    return AnnounceReply.decode(body);
  }

  private HttpTrackerCodec() {}
}
