package io.weir.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects the parameters of one magnet link. For one thread. */
final class MagnetReader {
  static final String SCHEME = "magnet:?";
  static final String BTIH = "urn:btih:";
  static final String BTMH = "urn:btmh:";

  /** The multihash code of SHA-256 and its length, 32 bytes. */
  static final String SHA256_PREFIX = "1220";

  private static final int BTIH_BASE32_CHARS = 32;

  private final List<String> trackers = new ArrayList<>();
  private final List<String> webSeeds = new ArrayList<>();
  private @Nullable InfoHash infoHash;
  private @Nullable InfoHashV2 infoHashV2;
  private @Nullable String displayName;

  private MagnetReader() {}

  static Magnet read(String link) throws MetainfoException {
    if (link.length() > Magnet.MAX_LINK_CHARS) {
      throw new MetainfoException("magnet: longer than " + Magnet.MAX_LINK_CHARS + " characters");
    }
    if (!link.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new MetainfoException("magnet: does not begin with " + SCHEME);
    }
    // One more than allowed, so that the bound shows and the rest is not cut up.
    String[] parameters = link.substring(SCHEME.length()).split("&", Magnet.MAX_PARAMETERS + 1);
    if (parameters.length > Magnet.MAX_PARAMETERS) {
      throw new MetainfoException("magnet: more than " + Magnet.MAX_PARAMETERS + " parameters");
    }
    MagnetReader reader = new MagnetReader();
    for (String parameter : parameters) {
      reader.readParameter(parameter);
    }
    if (reader.infoHash == null && reader.infoHashV2 == null) {
      throw new MetainfoException("xt: no info-hash");
    }
    return new Magnet(
        reader.infoHash, reader.infoHashV2, reader.displayName, reader.trackers, reader.webSeeds);
  }

  private void readParameter(String parameter) throws MetainfoException {
    int equals = parameter.indexOf('=');
    if (equals < 0) {
      return;
    }
    String raw = parameter.substring(equals + 1);
    switch (unnumbered(parameter.substring(0, equals))) {
      case "xt" -> readTopic(PercentEncoding.decode("xt", raw));
      // Only here is a plus a space: names come from forms, while in URLs a plus is a plus.
      case "dn" -> displayName = PercentEncoding.decode("dn", raw.replace('+', ' '));
      case "tr" -> trackers.add(PercentEncoding.decode("tr", raw));
      case "ws" -> webSeeds.add(PercentEncoding.decode("ws", raw));
      default -> {}
    }
  }

  /** Repeated parameters may be numbered, as in {@code tr.1}. */
  private static String unnumbered(String key) {
    int dot = key.indexOf('.');
    return dot > 0 && key.substring(dot + 1).chars().allMatch(Character::isDigit)
        ? key.substring(0, dot)
        : key;
  }

  private void readTopic(String topic) throws MetainfoException {
    if (topic.regionMatches(true, 0, BTIH, 0, BTIH.length())) {
      InfoHash hash = btih(topic.substring(BTIH.length()));
      if (infoHash != null && !infoHash.equals(hash)) {
        throw new MetainfoException("xt: two different v1 info-hashes");
      }
      infoHash = hash;
    } else if (topic.regionMatches(true, 0, BTMH, 0, BTMH.length())) {
      InfoHashV2 hash = btmh(topic.substring(BTMH.length()));
      if (infoHashV2 != null && !infoHashV2.equals(hash)) {
        throw new MetainfoException("xt: two different v2 info-hashes");
      }
      infoHashV2 = hash;
    }
  }

  private static InfoHash btih(String text) throws MetainfoException {
    try {
      return text.length() == BTIH_BASE32_CHARS
          ? InfoHash.of(Base32.decode(text.toUpperCase(Locale.ROOT)))
          : InfoHash.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw new MetainfoException("xt: btih is neither 40 hex digits nor 32 of base 32", e);
    }
  }

  private static InfoHashV2 btmh(String text) throws MetainfoException {
    if (!text.startsWith(SHA256_PREFIX)) {
      throw new MetainfoException("xt: btmh is not a SHA-256 multihash");
    }
    try {
      return InfoHashV2.fromHex(text.substring(SHA256_PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new MetainfoException("xt: btmh is not 64 hex digits after its prefix", e);
    }
  }
}
