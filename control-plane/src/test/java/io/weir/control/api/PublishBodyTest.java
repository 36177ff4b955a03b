package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.catalogue.Source;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishBodyTest {
  @Test
  void nameIsTheOriginsUnlessGiven() throws RequestFault {
    assertEquals("film.mp4", parse("{\"origin\":{\"url\":\"http://h/film.mp4\"}}").name().value());
    assertEquals(
        "x", parse("{\"name\":\"x\",\"origin\":{\"url\":\"http://h/film.mp4\"}}").name().value());
    assertEquals("y", parse("{\"name\":null,\"origin\":{\"url\":\"http://h/y\"}}").name().value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | body: must be a JSON object",
        "`   ` | body: must be a JSON object",
        "{ | body: Unexpected end-of-input",
        "nope | body: Unrecognized token 'nope'",
        "null | body: must be a JSON object",
        "[] | body: must be a JSON object",
        "\"x\" | body: must be a JSON object",
        "{} | origin: is missing",
        "{\"origin\":null} | origin: must be an object with url or baseUrl",
        "{\"origin\":\"http://h/a\"} | origin: must be an object with url or baseUrl",
        "{\"origin\":[]} | origin: must be an object with url or baseUrl",
        "{\"origin\":{}} | origin: must have either url or baseUrl",
        "{\"origin\":{\"url\":null}} | origin: must have either url or baseUrl",
        "{\"origin\":{\"url\":\"http://h/a\",\"baseUrl\":\"http://h/\"}} | origin: must have either",
        "{\"origin\":{\"url\":7}} | origin.url: must be a string",
        "{\"origin\":{\"url\":\"\"}} | origin.url: must be an http:, https: or file: URL",
        "{\"origin\":{\"url\":\"ftp://h/a\"}} | origin.url: must be an http:, https: or file: URL",
        "{\"origin\":{\"url\":\"http://h/a b\"}} | origin.url: is not a URL: Illegal character",
        "{\"origin\":{\"url\":\"http://u:p@h/a\"}} | origin.url: must not carry credentials",
        "{\"origin\":{\"url\":\"http://h/a#f\"}} | origin.url: must not have a fragment",
        "{\"origin\":{\"url\":\"http:///a\"}} | origin.url: ",
        "{\"origin\":{\"url\":\"file://h/a\"}} | origin.url: must name a local file",
        "{\"origin\":{\"url\":\"file:a\"}} | origin.url: must be absolute",
        "{\"origin\":{\"url\":\"http://h/\"}} | name (from the origin's URL): must not be empty",
        "{\"origin\":{\"url\":\"http://h/a\",\"uri\":1}} | origin.uri: is not known here",
        "{\"origin\":{\"url\":\"http://h/a\"},\"nmae\":1} | nmae: is not known here; known are",
        "{\"origin\":{\"url\":\"http://h/a\"},\"name\":1} | name: must be a string",
        "{\"origin\":{\"url\":\"http://h/a\"},\"name\":\"\"} | name: must not be empty",
        "{\"origin\":{\"url\":\"http://h/a\"},\"name\":\"..\"} | name: must not be '.' or '..'",
        "{\"origin\":{\"url\":\"http://h/a\"},\"name\":\"a/b\"} | name: must not contain '/'",
        "{\"origin\":{\"url\":\"http://h/a\"},\"name\":\"a\\u0000\"} | name: must not contain",
        "{\"name\":\"a\",\"name\":\"b\"} | body: Duplicate field 'name'",
        "{\"origin\":{},\"origin\":{}} | body: Duplicate field 'origin'",
        "{\"origin\":{\"url\":\"http://h/a\"}} {} | body: must end with its object",
        "{\"origin\":{\"url\":\"http://h/a\"}} x | body: Unrecognized token 'x'",
        "{\"origin\":{\"baseUrl\":\"http://h/d\",\"files\":[\"a\"]}} | origin.baseUrl: must end with",
        "{\"origin\":{\"baseUrl\":\"http://h/d/?q\",\"files\":[\"a\"]}} | origin.baseUrl: must not have a q",
        "{\"origin\":{\"baseUrl\":\"http://h/\",\"files\":[\"a\"]}} | name (from the origin's URL): must",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\"}} | origin.files: is missing",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":null}} | origin.files: is missing",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":{}}} | origin.files: must be an array",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":[]}} | origin.files: must name 1 to 50000",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":[\"a\",1]}} | origin.files[1]: must be a str",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":[null]}} | origin.files[0]: must be a str",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":[[]]}} | origin.files[0]: must be a str",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":[\"a\",\"../b\"]}} | origin.files[1]: must not be",
        "{\"origin\":{\"url\":\"http://h/d\",\"files\":[\"a\"]}} | origin.files: goes with baseUrl",
        "{\"origin\":{\"url\":\"http://h/d\"},\"torrent\":1} | torrent: must be a string in Base64",
        "{\"origin\":{\"url\":\"http://h/d\"},\"torrent\":\"?\"} | torrent: is not Base64: ",
        "{\"origin\":{\"url\":\"http://h/d\"},\"torrent\":\"ZDE\"} | torrent: is not Base64: ",
        "{\"origin\":{\"url\":\"http://h/d\"},\"torrent\":\"\"} | torrent: ",
        "{\"origin\":{\"url\":\"http://h/d\"},\"torrent\":\"ZGU=\"} | torrent: info: ",
        "{\"origin\":{\"baseUrl\":\"http://h/d/\",\"files\":[\"a\"]},\"torrent\":\"ZGU=\"} | origin.files: "
            + "must not be there",
      })
  void badBodyIsToldWhatIsWrongWithIt(String body, String detail) {
    String told =
        assertThrows(RequestFault.class, () -> parse(body == null ? "" : body)).getMessage();
    assertTrue(told.startsWith(detail), told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/json",
        "application/json; charset=utf-16",
        "application/jsonx"
      })
  void otherMediaTypesAreRefused(String mediaType) {
    assertEquals(Fault.UNSUPPORTED_MEDIA_TYPE, faultOf(Map.of("Content-Type", mediaType)));
  }

  @Test
  void mediaTypeMustBeToldAndBodiesMustNotBeCompressed() throws RequestFault {
    assertEquals(Fault.UNSUPPORTED_MEDIA_TYPE, faultOf(Map.of()));
    assertEquals(
        Fault.UNSUPPORTED_MEDIA_TYPE,
        faultOf(Map.of("Content-Type", "application/json", "Content-Encoding", "gzip")));
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Map<String, String> told = Map.of("Content-Type", "Application/JSON; charset=\"UTF-8\"");
    assertFalse(PublishBody.of(Requests.with(told, body)).hasOrigin());
  }

  private static Fault faultOf(Map<String, String> headers) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return assertThrows(RequestFault.class, () -> PublishBody.of(Requests.with(headers, body)))
        .refusal()
        .fault();
  }

  @Test
  void bodiesAreUtf8AndNothingElse() {
    String body = "{\"origin\":{\"url\":\"http://h/a\"},\"name\":\"ä\"}";
    assertTrue(refusal(body.getBytes(StandardCharsets.ISO_8859_1)).contains("is not UTF-8"));
    assertTrue(refusal(body.getBytes(StandardCharsets.UTF_16LE)).startsWith("body: "));
    assertTrue(refusal(body.getBytes(StandardCharsets.UTF_16)).startsWith("body: "));
    String marked = refusal(("\ufeff" + body).getBytes(StandardCharsets.UTF_8));
    assertTrue(marked.startsWith("body: Unexpected character"), marked);
  }

  @Test
  void deepNestingIsRefusedAtItsFirstUnknownField() {
    String told = refusal("{\"a\":".repeat(500_000).getBytes(StandardCharsets.UTF_8));
    assertTrue(told.startsWith("a: is not known here"), told);
    told = refusal("[".repeat(500_000).getBytes(StandardCharsets.UTF_8));
    assertTrue(told.startsWith("body: must be a JSON object"), told);
  }

  @Test
  void oneFileTooManyIsRefusedWhereItStands() {
    String files = "\"a\",".repeat(50_000) + "\"b\"";
    assertEquals(
        "origin.files: must name 1 to 50000 files",
        refusal(("{\"origin\":{\"files\":[" + files).getBytes(StandardCharsets.UTF_8)));
  }

  private static String refusal(byte[] body) {
    return assertThrows(RequestFault.class, () -> PublishBody.of(Requests.json(body))).getMessage();
  }

  @Test
  void mutatedBodyIsReadOrRefusedButNeverBreaks() {
    byte[] good =
        "{\"origin\":{\"url\":\"http://h/film.mp4\"},\"name\":\"Füm\"}"
            .getBytes(StandardCharsets.UTF_8);
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] body = good.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        PublishedSource.of(PublishBody.of(Requests.json(body)));
      } catch (RequestFault e) {
        assertEquals(Fault.BAD_REQUEST, e.refusal().fault());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + i, e);
      }
    }
  }

  private static Source parse(String body) throws RequestFault {
    return PublishedSource.of(PublishBody.of(Requests.json(body)));
  }
}
