package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import java.util.List;
import java.util.Map;

/**
 * STUB. Announce and scrape over HTTP (BEP 3, 7, 23, 48), from the raw (still percent-encoded)
 * query.
 */
public final class HttpTrackerCodec {
  public static AnnounceRequest parseAnnounce(String rawQuery) throws TrackerException {
    throw new UnsupportedOperationException();
  }

  public static List<InfoHash> parseScrape(String rawQuery) throws TrackerException {
    throw new UnsupportedOperationException();
  }

  /** Bencoded; compact: peers and peers6, otherwise a list of dictionaries. */
  public static byte[] encodeAnnounce(AnnounceResponse response, boolean compact) {
    throw new UnsupportedOperationException();
  }

  public static byte[] encodeScrape(Map<InfoHash, ScrapeStats> stats) {
    throw new UnsupportedOperationException();
  }

  /** A bencoded {@code failure reason}. */
  public static byte[] encodeFailure(String reason) {
    throw new UnsupportedOperationException();
  }

  /** Reads a tracker's answer, for clients. */
  public static AnnounceResponse decodeAnnounce(byte[] body) throws TrackerException {
    throw new UnsupportedOperationException();
  }

  private HttpTrackerCodec() {}
}
