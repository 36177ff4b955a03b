package io.weir.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.bencode.BencodeException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeTest {
  private static final BencodeLimits SMALL = new BencodeLimits(3, 10, 20, 60);

  /** The examples of BEP 3, and the edges of what is canonical. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4:spam",
        "0:",
        "i3e",
        "i-3e",
        "i0e",
        "i9223372036854775807e",
        "i-9223372036854775808e",
        "l4:spam4:eggse",
        "le",
        "de",
        "d3:cow3:moo4:spam4:eggse",
        "d4:spaml1:a1:bee",
        "d0:i1ee",
        "d1:Ai1e1:ai2e2:aai3ee",
        "d1:a0:1:\u00ff0:e",
        "lllei1eee"
      })
  void canonicalBytesSurviveTheRoundTrip(String encoded) throws BencodeException {
    BencodeValue value = Bencode.decode(bytes(encoded), SMALL);
    assertEquals(encoded, new String(Bencode.encode(value), ISO_8859_1));
    assertEquals(value, Bencode.decode(Bencode.encode(value), SMALL));
  }

  @ParameterizedTest
  @CsvSource({
    "'', TRUNCATED",
    "i, TRUNCATED",
    "i-, TRUNCATED",
    "i12, TRUNCATED",
    "4, TRUNCATED",
    "4:, TRUNCATED",
    "4:abc, TRUNCATED",
    "l, TRUNCATED",
    "li1e, TRUNCATED",
    "d, TRUNCATED",
    "d1:a, TRUNCATED",
    "d1:ai1e, TRUNCATED",
    "i1ee, TRAILING_BYTES",
    "4:spams, TRAILING_BYTES",
    "dede, TRAILING_BYTES",
    "e, UNEXPECTED_BYTE",
    "x, UNEXPECTED_BYTE",
    "-1:a, UNEXPECTED_BYTE",
    ":a, UNEXPECTED_BYTE",
    "4spam, UNEXPECTED_BYTE",
    "i1.5e, UNEXPECTED_BYTE",
    "i+1e, UNEXPECTED_BYTE",
    "i--1e, UNEXPECTED_BYTE",
    "i 1e, UNEXPECTED_BYTE",
    "i1-e, UNEXPECTED_BYTE",
    "lxe, UNEXPECTED_BYTE",
    "d1:ae, UNEXPECTED_BYTE",
    "dx, UNEXPECTED_BYTE",
    "ie, EMPTY_INTEGER",
    "i-e, EMPTY_INTEGER",
    "i01e, LEADING_ZERO",
    "i00e, LEADING_ZERO",
    "i-01e, LEADING_ZERO",
    "01:a, LEADING_ZERO",
    "00:, LEADING_ZERO",
    "i-0e, NEGATIVE_ZERO",
    "i9223372036854775808e, INTEGER_OVERFLOW",
    "i-9223372036854775809e, INTEGER_OVERFLOW",
    "i99999999999999999999e, INTEGER_OVERFLOW",
    "di1ei2ee, NON_STRING_KEY",
    "dlei2ee, NON_STRING_KEY",
    "ddei2ee, NON_STRING_KEY",
    "d1:bi1e1:ai2ee, UNSORTED_KEYS",
    "d2:aai1e1:ai2ee, UNSORTED_KEYS",
    "d1:ai1e1:Ai2ee, UNSORTED_KEYS",
    "d1:\u00ff0:1:a0:e, UNSORTED_KEYS",
    "d1:ai1e1:ai2ee, DUPLICATE_KEY",
    "lllleeee, TOO_DEEP",
    "d1:ad1:ad1:adeeee, TOO_DEEP",
    "li1ei1ei1ei1ei1ei1ei1ei1ei1ei1ee, TOO_MANY_TOKENS",
    "d1:a0:1:b0:1:c0:1:d0:1:e0:e, TOO_MANY_TOKENS",
    "21:aaaaaaaaaaaaaaaaaaaaa, STRING_TOO_LONG",
    "99999999999999999999:a, STRING_TOO_LONG",
    "l20:aaaaaaaaaaaaaaaaaaaa20:aaaaaaaaaaaaaaaaaaaa20:aaaaaaaaaaaaaaaaaaaae, INPUT_TOO_LONG",
  })
  void malformedInputHasItsNamedFault(String encoded, Kind kind) {
    BencodeException fault =
        assertThrows(BencodeException.class, () -> Bencode.decode(bytes(encoded), SMALL));
    assertEquals(kind, fault.kind(), fault.getMessage());
    assertTrue(String.valueOf(fault.getMessage()).matches(".* at byte \\d+"), fault.getMessage());
  }

  @Test
  void faultsSayWhereTheyAre() {
    BencodeException fault =
        assertThrows(BencodeException.class, () -> Bencode.decode(bytes("d1:bi1e1:ai2ee"), SMALL));
    assertEquals("dictionary keys are not sorted at byte 7", fault.getMessage());
  }

  @Test
  void nestingAtTheMetainfoLimitIsReadAndOneMoreIsNot() throws BencodeException {
    int depth = BencodeLimits.METAINFO.maxDepth();
    Bencode.decode(bytes("l".repeat(depth) + "e".repeat(depth)), BencodeLimits.METAINFO);
    byte[] deeper = bytes("l".repeat(depth + 1) + "e".repeat(depth + 1));
    assertEquals(
        Kind.TOO_DEEP,
        assertThrows(BencodeException.class, () -> Bencode.decode(deeper, BencodeLimits.METAINFO))
            .kind());
  }

  @Test
  void aMegabyteOfOpeningBracketsDoesNotOverflowTheStack() {
    byte[] bomb = new byte[1 << 20];
    Arrays.fill(bomb, (byte) 'l');
    assertEquals(
        Kind.TOO_DEEP,
        assertThrows(BencodeException.class, () -> Bencode.decode(bomb, BencodeLimits.METAINFO))
            .kind());
  }

  @Test
  void twoMillionTokensAreReadAndOneMoreIsNot() throws BencodeException {
    int strings = BencodeLimits.METAINFO.maxTokens() - 1;
    Bencode.decode(bytes("l" + "0:".repeat(strings) + "e"), BencodeLimits.METAINFO);
    byte[] more = bytes("l" + "0:".repeat(strings + 1) + "e");
    assertEquals(
        Kind.TOO_MANY_TOKENS,
        assertThrows(BencodeException.class, () -> Bencode.decode(more, BencodeLimits.METAINFO))
            .kind());
  }

  @Test
  void limitsThatAllowNothingOrTooMuchAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new BencodeLimits(0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BencodeLimits(101, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BencodeLimits(1, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BencodeLimits(1, 1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new BencodeLimits(1, 1, 1, 0));
  }

  @Test
  void anyKeyOrderIsReadWhereAllowedButDuplicatesAreNot() throws BencodeException {
    BencodeDictionary dictionary =
        Bencode.decodeDictionary(buffer("d1:bi1e1:ai2ee"), BencodeLimits.WIRE, KeyOrder.ANY);
    assertEquals(2, dictionary.integer("a"));
    assertEquals(1, dictionary.integer("b"));
    assertEquals(
        Kind.DUPLICATE_KEY,
        assertThrows(
                BencodeException.class,
                () ->
                    Bencode.decode(
                        buffer("d1:bi1e1:ai2e1:bi3ee"), BencodeLimits.WIRE, KeyOrder.ANY))
            .kind());
  }

  @Test
  void prefixTellsWhereTheValueEnds() throws BencodeException {
    ByteBuffer message = buffer("??d8:msg_typei1e5:piecei0eeRAW BYTES");
    message.position(2);
    Bencode.Prefix prefix =
        Bencode.decodePrefix(message.asReadOnlyBuffer(), BencodeLimits.WIRE, KeyOrder.ANY);
    assertEquals(1, Bencode.asDictionary(prefix.value()).integer("msg_type"));
    assertEquals("d8:msg_typei1e5:piecei0ee".length(), prefix.lengthBytes());
    assertEquals(2, message.position());
  }

  @Test
  void prefixIsBoundedWhateverFollows() throws BencodeException {
    BencodeLimits tight = new BencodeLimits(2, 10, 20, 8);
    assertEquals(
        3, Bencode.decodePrefix(buffer("i1e" + "x".repeat(99)), tight, KeyOrder.ANY).lengthBytes());
    assertEquals(
        Kind.INPUT_TOO_LONG,
        assertThrows(
                BencodeException.class,
                () -> Bencode.decodePrefix(buffer("l4:spam4:eggse"), tight, KeyOrder.ANY))
            .kind());
  }

  @Test
  void dictionariesRememberTheBytesTheyCameFrom() throws BencodeException {
    String encoded = "d1:ai1e4:infod6:lengthi5ee1:zi1ee";
    BencodeDictionary info =
        Bencode.decodeDictionary(buffer(encoded), BencodeLimits.METAINFO, KeyOrder.SORTED)
            .dictionary("info");
    ByteSpan span = info.source();
    assertEquals(new ByteSpan(13, 13), span);
    assertEquals("d6:lengthi5ee", encoded.substring(13, 26));
    assertNull(BencodeDictionary.builder().build().source());
  }

  @Test
  void typedReadersNameTheKey() throws BencodeException {
    BencodeDictionary dictionary =
        Bencode.decodeDictionary(
            buffer("d1:di7e1:l1:x1:s2:\u00c3(1:t4:spame"), BencodeLimits.WIRE, KeyOrder.SORTED);
    assertEquals("spam", dictionary.text("t"));
    assertEquals(7, dictionary.integer("d", 0, 7));
    assertNull(dictionary.findInteger("absent"));
    assertNull(dictionary.findText("absent"));
    assertNull(dictionary.findList("absent"));
    assertNull(dictionary.findDictionary("absent"));
    assertEquals("absent: key is missing", message(() -> dictionary.string("absent")));
    assertEquals("d: value has the wrong type", message(() -> dictionary.text("d")));
    assertEquals("l: value has the wrong type", message(() -> dictionary.list("l")));
    assertEquals("t: value has the wrong type", message(() -> dictionary.findInteger("t")));
    assertEquals("t: value has the wrong type", message(() -> dictionary.dictionary("t")));
    assertEquals("d: integer is out of range", message(() -> dictionary.integer("d", 0, 6)));
    assertEquals("s: string is not UTF-8", message(() -> dictionary.text("s")));
  }

  @Test
  void builtDictionariesAreWrittenInTheOrderOfRawBytes() {
    BencodeDictionary dictionary =
        BencodeDictionary.builder()
            .put("b", List.of(1, 2).size())
            .put("a", "x")
            .put(BencodeString.of(new byte[] {(byte) 0xff}), new BencodeInteger(-1))
            .put("Z", BencodeList.ofTexts(List.of("p", "q")))
            .build();
    assertArrayEquals(bytes("d1:Zl1:p1:qe1:a1:x1:bi2e1:\u00ffi-1ee"), Bencode.encode(dictionary));
  }

  @Test
  void encodedValuesGoThroughUntouched() {
    assertArrayEquals(
        bytes("d4:infod1:xi1ee3:urli2ee"),
        Bencode.encodeDictionary(Map.of("url", bytes("i2e"), "info", bytes("d1:xi1ee"))));
  }

  private interface Reading {
    Object read() throws BencodeException;
  }

  private static String message(Reading reading) {
    return String.valueOf(assertThrows(BencodeException.class, reading::read).getMessage());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(bytes(text));
  }
}
