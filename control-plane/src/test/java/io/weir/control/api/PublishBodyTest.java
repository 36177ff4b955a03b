package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "{} | origin: must be an object with a url",
        "{\"origin\":null} | origin: must be an object with a url",
        "{\"origin\":\"http://h/a\"} | origin: must be an object with a url",
        "{\"origin\":[]} | origin: must be an object with a url",
        "{\"origin\":{}} | origin.url: is missing",
        "{\"origin\":{\"url\":null}} | origin.url: is missing",
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
        "{\"origin\":{\"url\":\"http://h/a\"}} {} | body: Trailing token",
      })
  void badBodyIsToldWhatIsWrongWithIt(String body, String detail) {
    String told =
        assertThrows(RequestFault.class, () -> parse(body == null ? "" : body)).getMessage();
    assertTrue(told.startsWith(detail), told);
  }

  @Test
  void otherMediaTypesAreRefused() {
    ApiRequest form =
        new ApiRequest(
            Map.of(),
            Map.of(),
            "http://c",
            "application/x-www-form-urlencoded",
            null,
            "{}".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        Fault.UNSUPPORTED_MEDIA_TYPE,
        assertThrows(RequestFault.class, () -> JsonBody.object(form)).refusal().fault());
    ApiRequest none = new ApiRequest(Map.of(), Map.of(), "http://c", null, null, new byte[0]);
    assertThrows(RequestFault.class, () -> JsonBody.object(none));
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
        PublishBody.of(JsonBody.object(Requests.json(body)));
      } catch (RequestFault e) {
        assertEquals(Fault.BAD_REQUEST, e.refusal().fault());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + " round " + i, e);
      }
    }
  }

  private static PublishBody parse(String body) throws RequestFault {
    return PublishBody.of(JsonBody.object(Requests.json(body)));
  }
}
