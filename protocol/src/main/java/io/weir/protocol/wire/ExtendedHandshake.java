package io.weir.protocol.wire;

import io.weir.protocol.bencode.Bencode;
import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeInteger;
import io.weir.protocol.bencode.BencodeLimits;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import io.weir.protocol.bencode.KeyOrder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The BEP 10 handshake dictionary. Only what it says of the protocol is held to the letter ({@code
 * m}, {@code metadata_size}); the optional rest is dropped where it makes no sense, as clients that
 * know no better say 0 or nothing.
 *
 * @param messageIds {@code m}: the sender's number, 1 to 255, of each extension that it speaks; at
 *     most {@link #MAX_EXTENSIONS}
 * @param metadataSizeBytes {@code metadata_size} (BEP 9): bytes of the info dictionary, 1 to {@link
 *     #MAX_METADATA_BYTES}; null where the sender has none
 * @param requestQueue {@code reqq}: requests that the sender will queue, 1 or more
 * @param uploadOnly {@code upload_only} (BEP 21): whether the sender wants nothing
 * @param yourIp the receiver's address as the sender sees it, 4 or 16 bytes
 * @param client {@code v}: the sender's name and version, at most {@link #MAX_CLIENT_CHARS}
 * @param listenPort {@code p}: the sender's TCP port, 1 to 65535
 */
public record ExtendedHandshake(
    Map<String, Integer> messageIds,
    @Nullable Integer metadataSizeBytes,
    @Nullable Integer requestQueue,
    boolean uploadOnly,
    byte @Nullable [] yourIp,
    @Nullable String client,
    @Nullable Integer listenPort) {
  /** Most extensions that a peer may name. */
  public static final int MAX_EXTENSIONS = 64;

  /** Largest info dictionary that may be announced, 10 MiB. */
  public static final int MAX_METADATA_BYTES = 10 << 20;

  /** A client's name is cut after as many characters. */
  public static final int MAX_CLIENT_CHARS = 128;

  private static final BencodeLimits LIMITS = new BencodeLimits(8, 512, 4 << 10, 16 << 10);

  /** Copies the map. */
  public ExtendedHandshake {
    messageIds = Map.copyOf(messageIds);
  }

  /**
   * Reads the payload of an {@link WireMessage.Extended} with id 0; position unchanged.
   *
   * @throws WireException if it is no dictionary, or an extension's number or the metadata's size
   *     is impossible
   */
  public static ExtendedHandshake decode(ByteBuffer payload) throws WireException {
    try {
      BencodeDictionary dictionary = Bencode.decodeDictionary(payload, LIMITS, KeyOrder.ANY);
      Long metadataSize = dictionary.findInteger("metadata_size", 0, MAX_METADATA_BYTES);
      return new ExtendedHandshake(
          messageIds(dictionary.findDictionary("m")),
          metadataSize == null || metadataSize == 0 ? null : Math.toIntExact(metadataSize),
          number(dictionary.find("reqq"), Integer.MAX_VALUE),
          number(dictionary.find("upload_only"), Integer.MAX_VALUE) != null,
          address(dictionary.find("yourip")),
          client(dictionary.find("v")),
          number(dictionary.find("p"), 65535));
    } catch (BencodeException e) {
      throw new WireException("extended handshake: " + e.getMessage());
    }
  }

  /** The bencoded dictionary, without message id. */
  public byte[] encode() {
    BencodeDictionary.Builder m = BencodeDictionary.builder();
    messageIds.forEach((name, id) -> m.put(name, id.longValue()));
    BencodeDictionary.Builder dictionary = BencodeDictionary.builder().put("m", m.build());
    if (metadataSizeBytes != null) {
      dictionary.put("metadata_size", metadataSizeBytes.longValue());
    }
    if (requestQueue != null) {
      dictionary.put("reqq", requestQueue.longValue());
    }
    if (uploadOnly) {
      dictionary.put("upload_only", 1);
    }
    if (yourIp != null) {
      dictionary.put("yourip", yourIp);
    }
    if (client != null) {
      dictionary.put("v", client);
    }
    if (listenPort != null) {
      dictionary.put("p", listenPort.longValue());
    }
    return Bencode.encode(dictionary.build());
  }

  /** Equal by the address's bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ExtendedHandshake that
        && messageIds.equals(that.messageIds)
        && Objects.equals(metadataSizeBytes, that.metadataSizeBytes)
        && Objects.equals(requestQueue, that.requestQueue)
        && uploadOnly == that.uploadOnly
        && Arrays.equals(yourIp, that.yourIp)
        && Objects.equals(client, that.client)
        && Objects.equals(listenPort, that.listenPort);
  }

  @Override
  public int hashCode() {
    return Objects.hash(messageIds, metadataSizeBytes, client, listenPort);
  }

  private static Map<String, Integer> messageIds(@Nullable BencodeDictionary m)
      throws BencodeException, WireException {
    Map<String, Integer> ids = new HashMap<>();
    if (m == null) {
      return ids;
    }
    if (m.entries().size() > MAX_EXTENSIONS) {
      throw new WireException("extended handshake: m: more than " + MAX_EXTENSIONS + " extensions");
    }
    for (BencodeString name : m.entries().keySet()) {
      String text = name.asText();
      if (text != null) {
        int id = Math.toIntExact(m.integer(text, 0, 255));
        if (id != 0) { // BEP 10: 0 turns an extension off
          ids.put(text, id);
        }
      }
    }
    return ids;
  }

  private static @Nullable Integer number(@Nullable BencodeValue value, int max) {
    return value instanceof BencodeInteger integer && integer.value() > 0 && integer.value() <= max
        ? Integer.valueOf((int) integer.value())
        : null;
  }

  private static byte @Nullable [] address(@Nullable BencodeValue value) {
    return value instanceof BencodeString bytes
            && (bytes.lengthBytes() == 4 || bytes.lengthBytes() == 16)
        ? bytes.toBytes()
        : null;
  }

  private static @Nullable String client(@Nullable BencodeValue value) {
    if (!(value instanceof BencodeString name)) {
      return null;
    }
    String text = name.toString();
    if (text.length() <= MAX_CLIENT_CHARS) {
      return text;
    }
    // Half a surrogate pair is no text.
    boolean cutsPair = Character.isHighSurrogate(text.charAt(MAX_CLIENT_CHARS - 1));
    return text.substring(0, cutsPair ? MAX_CLIENT_CHARS - 1 : MAX_CLIENT_CHARS);
  }
}
