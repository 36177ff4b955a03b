package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that stand beside the info dictionary and may change without changing it.
 *
 * @param announceTiers trackers by tier (BEP 12), or one tier of the one tracker (BEP 3)
 * @param webSeeds BEP 19
 */
record TorrentUrls(List<List<String>> announceTiers, List<String> webSeeds) {
  static final int MAX_URLS = 1_000;
  static final int MAX_URL_BYTES = 2_048;
  static final TorrentUrls NONE = new TorrentUrls(List.of(), List.of());

  static TorrentUrls read(BencodeDictionary torrent) throws BencodeException, MetainfoException {
    List<List<String>> tiers = new ArrayList<>();
    BencodeList list = torrent.findList("announce-list");
    BencodeString announce = torrent.findString("announce");
    if (list != null) {
      checkCount("announce-list", list);
      for (BencodeValue tier : list.values()) {
        tiers.add(urls("announce-list", tier));
      }
    } else if (announce != null) {
      tiers.add(urls("announce", announce));
    }
    tiers.removeIf(List::isEmpty);
    if (tiers.stream().mapToInt(List::size).sum() > MAX_URLS) {
      throw new MetainfoException("announce-list: more than " + MAX_URLS + " addresses");
    }
    BencodeValue webSeeds = torrent.find("url-list");
    return new TorrentUrls(
        List.copyOf(tiers), webSeeds == null ? List.of() : urls("url-list", webSeeds));
  }

  /** One string or a list of strings; empty ones mean nothing and are left out. */
  private static List<String> urls(String key, BencodeValue value) throws MetainfoException {
    BencodeList list = value instanceof BencodeList many ? many : new BencodeList(List.of(value));
    checkCount(key, list);
    List<String> urls = new ArrayList<>();
    for (BencodeValue element : list.values()) {
      if (!(element instanceof BencodeString string)) {
        throw new MetainfoException(key + ": not made of strings");
      }
      if (string.lengthBytes() > MAX_URL_BYTES) {
        throw new MetainfoException(key + ": address longer than " + MAX_URL_BYTES + " bytes");
      }
      String url = string.asText();
      if (url == null) {
        throw new MetainfoException(key + ": address is not UTF-8");
      }
      if (!url.isEmpty()) {
        urls.add(url);
      }
    }
    return List.copyOf(urls);
  }

  private static void checkCount(String key, BencodeList list) throws MetainfoException {
    if (list.values().size() > MAX_URLS) {
      throw new MetainfoException(key + ": more than " + MAX_URLS + " addresses");
    }
  }
}
