package io.weir.protocol.tracker;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import java.util.Locale;
import java.util.regex.Pattern;

/** An announce as the query of a URL (BEP 3, 7, 23), both directions. */
final class AnnounceQuery {
  private static final Pattern HEX_KEY = Pattern.compile("[0-9A-Fa-f]{1,8}");

  private static final String UNESCAPED =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  static AnnounceRequest parse(String rawQuery) throws TrackerException {
    RawQuery query = new RawQuery(rawQuery);
    try {
      return new AnnounceRequest(
          InfoHash.of(query.twentyBytes("info_hash")),
          query.twentyBytes("peer_id"),
          number(query, "downloaded", 0),
          left(query),
          number(query, "uploaded", 0),
          event(query.text("event")),
          key(query.text("key")),
          numWant(query),
          port(query),
          !query.text("compact").equals("0"));
    } catch (IllegalArgumentException e) {
      throw new TrackerException(String.valueOf(e.getMessage()));
    }
  }

  static String format(AnnounceRequest request) {
    StringBuilder query = new StringBuilder("info_hash=");
    percentEncode(request.infoHash().toBytes(), query);
    query.append("&peer_id=");
    percentEncode(request.peerId(), query);
    query
        .append("&port=" + request.port())
        .append("&uploaded=" + request.uploadedBytes())
        .append("&downloaded=" + request.downloadedBytes())
        .append("&key=" + String.format(Locale.ROOT, "%08x", request.key()))
        .append("&compact=" + (request.compact() ? 1 : 0));
    if (request.leftBytes() >= 0) {
      query.append("&left=" + request.leftBytes());
    }
    if (request.numWant() >= 0) {
      query.append("&numwant=" + request.numWant());
    }
    if (request.event() != Event.NONE) {
      query.append("&event=" + request.event().name().toLowerCase(Locale.ROOT));
    }
    return query.toString();
  }

  private static long number(RawQuery query, String key, long missing) throws TrackerException {
    String text = query.text(key);
    if (text.isEmpty()) {
      return missing;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TrackerException(key + ": not a number");
    }
  }

  /** Clients that do not know their size say nothing, -1, or -1 as 64 unsigned bits. */
  private static long left(RawQuery query) throws TrackerException {
    String text = query.text("left");
    if (text.isEmpty() || text.equals("-1")) {
      return -1;
    }
    try {
      return Math.max(-1, Long.parseUnsignedLong(text));
    } catch (NumberFormatException e) {
      throw new TrackerException("left: not a number");
    }
  }

  private static int numWant(RawQuery query) throws TrackerException {
    return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, number(query, "numwant", -1)));
  }

  private static int port(RawQuery query) throws TrackerException {
    if (query.text("port").isEmpty()) {
      throw new TrackerException("port: missing");
    }
    long port = number(query, "port", 0);
    return port == (int) port ? (int) port : 0;
  }

  private static Event event(String text) throws TrackerException {
    return switch (text) {
      case "", "empty", "paused" -> Event.NONE; // BEP 21's paused is counted by what is left
      case "completed" -> Event.COMPLETED;
      case "started" -> Event.STARTED;
      case "stopped" -> Event.STOPPED;
      default -> throw new TrackerException("event: unknown");
    };
  }

  /** Most clients send eight hexadecimal digits; of any other text only the sameness matters. */
  private static int key(String text) {
    return HEX_KEY.matcher(text).matches() ? Integer.parseUnsignedInt(text, 16) : text.hashCode();
  }

  private static void percentEncode(byte[] bytes, StringBuilder out) {
    for (byte b : bytes) {
      if (UNESCAPED.indexOf(b) >= 0) {
        out.append((char) b);
      } else {
        out.append('%').append(Character.forDigit(b >> 4 & 0xf, 16));
        out.append(Character.forDigit(b & 0xf, 16));
      }
    }
  }

  private AnnounceQuery() {}
}
