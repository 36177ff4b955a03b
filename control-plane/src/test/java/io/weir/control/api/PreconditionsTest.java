package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.Content.NextVersion;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.Source;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
  private static final Optional<Content> HERE = Optional.of(content(null));
  private static final Optional<Content> ABSENT = Optional.empty();

  @Test
  void withoutConditionsEverythingMayBeDone() throws RequestFault {
    assertTrue(Preconditions.of(Requests.with(Map.of(), new byte[0])).test(HERE));
    assertTrue(Preconditions.of(Requests.with(Map.of(), new byte[0])).test(ABSENT));
  }

  @Test
  void ifMatchHoldsForTheCurrentTagAlone() throws RequestFault {
    assertTrue(ifMatch("*").test(HERE));
    assertFalse(ifMatch("*").test(ABSENT));
    assertTrue(ifMatch("\"3-ready\"").test(HERE));
    assertFalse(ifMatch("\"3-ready\"").test(ABSENT));
    assertTrue(ifMatch("\"x\" , ,W/\"y\",\"3-ready\"").test(HERE));
    assertFalse(ifMatch("\"x\"").test(HERE));
    assertFalse(ifMatch("W/\"3-ready\"").test(HERE));
  }

  @Test
  void ifNoneMatchComparesWeakly() throws RequestFault {
    assertFalse(ifNoneMatch("*").test(HERE));
    assertTrue(ifNoneMatch("*").test(ABSENT));
    assertFalse(ifNoneMatch("W/\"3-ready\"").test(HERE));
    assertFalse(ifNoneMatch("\"x\", \"3-ready\"").test(HERE));
    assertTrue(ifNoneMatch("\"x\"").test(HERE));
  }

  @Test
  void tagNamesTheNextVersionToo() {
    NextVersion next = new NextVersion(4, ContentState.INGESTING, null, "http://adapter", null);
    assertEquals("\"3-ready\"", EntityTag.of(content(null)));
    assertEquals("\"3-ready+4-ingesting\"", EntityTag.of(content(next)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "3-ready",
        "\"3-ready",
        "3-ready\"",
        "w/\"x\"",
        "\"a\" \"b\"",
        "*, \"a\"",
        "\"a b\"",
        "\"a\tb\"",
        "\"\u007f\"",
        "W/ \"a\"",
        "'a'"
      })
  void whatIsNoListOfTagsIsRefused(String value) {
    String told = assertThrows(RequestFault.class, () -> ifMatch(value)).getMessage();
    assertEquals("If-Match: must be * or a list of entity tags, each in quotes", told);
    told = assertThrows(RequestFault.class, () -> ifNoneMatch(value)).getMessage();
    assertTrue(told.startsWith("If-None-Match: "), told);
  }

  @Test
  void longListIsReadInOneGo() throws RequestFault {
    assertTrue(ifMatch("\"x\",".repeat(3_000) + "\"3-ready\"").test(HERE));
    assertFalse(ifMatch("\"" + "x".repeat(15_000) + "\"").test(HERE));
  }

  private static Preconditions ifMatch(String value) throws RequestFault {
    return Preconditions.of(Requests.with(Map.of("If-Match", value), new byte[0]));
  }

  private static Preconditions ifNoneMatch(String value) throws RequestFault {
    return Preconditions.of(Requests.with(Map.of("If-None-Match", value), new byte[0]));
  }

  private static Content content(@Nullable NextVersion next) {
    return new Content(
        new ContentId("film"),
        3,
        Source.ofObject(Origin.ofObject("http://h/a"), new FileName("a")).summary(),
        ContentState.READY,
        null,
        "http://adapter",
        null,
        next,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
