package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.control.catalogue.Content;
import io.weir.control.catalogue.ContentId;
import io.weir.control.catalogue.ContentState;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.Origin;
import io.weir.control.view.Page;
import io.weir.protocol.control.BearerToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
  @Test
  void variablesStandForOneSegmentThatIsNotEmpty() {
    PathTemplate template = new PathTemplate("/v1/contents/{id}/torrent");
    assertEquals(Optional.of(Map.of("id", "a")), template.match("/v1/contents/a/torrent"));
    assertEquals(Optional.empty(), template.match("/v1/contents//torrent"));
    assertEquals(Optional.empty(), template.match("/v1/contents/a/b/torrent"));
    assertEquals(Optional.empty(), template.match("/v1/contents/a/torrent/"));
    assertEquals(Optional.empty(), template.match("/v1/contents/a"));
  }

  @Test
  void tokensOpenOnlyTheirOwnRoutes() {
    Access access = new Access(BearerToken.of("op"), BearerToken.of("node"));
    assertEquals(Optional.empty(), access.refuse(Caller.OPERATOR, "Bearer op"));
    assertEquals(Optional.empty(), access.refuse(Caller.NODE, "Bearer node"));
    assertEquals(Optional.empty(), access.refuse(Caller.ANYONE, null));
    assertEquals(Fault.FORBIDDEN, refusal(access, Caller.OPERATOR, "Bearer node"));
    assertEquals(Fault.FORBIDDEN, refusal(access, Caller.NODE, "Bearer op"));
    assertEquals(Fault.UNAUTHORIZED, refusal(access, Caller.OPERATOR, null));
    assertEquals(Fault.UNAUTHORIZED, refusal(access, Caller.NODE, "Bearer nod"));
    assertEquals(Fault.UNAUTHORIZED, refusal(access, Caller.OPERATOR, "op"));
  }

  private static Fault refusal(Access access, Caller caller, String authorization) {
    return access.refuse(caller, authorization).orElseThrow().fault();
  }

  @Test
  void ifMatchHoldsForTheCurrentTagAlone() {
    Optional<Content> current = Optional.of(content());
    String tag = EntityTag.of(content());
    assertTrue(EntityTag.ifMatch(null).test(current));
    assertTrue(EntityTag.ifMatch(null).test(Optional.empty()));
    assertTrue(EntityTag.ifMatch("*").test(current));
    assertFalse(EntityTag.ifMatch("*").test(Optional.empty()));
    assertTrue(EntityTag.ifMatch("\"x\", " + tag).test(current));
    assertFalse(EntityTag.ifMatch("\"x\"").test(current));
    assertFalse(EntityTag.ifMatch("W/" + tag).test(current));
    assertFalse(EntityTag.ifMatch(tag).test(Optional.empty()));
  }

  private static Content content() {
    return new Content(
        new ContentId("film"),
        3,
        Origin.parse("http://h/a"),
        new FileName("a"),
        ContentState.INGESTING,
        null,
        "http://adapter",
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Test
  void cursorOfAPageLeadsToTheNext() throws RequestFault {
    PageRequest first = PageRequest.of(Requests.query(Map.of("limit", "2")));
    Page<String> page = first.page(List.of("a", "b", "c"), id -> id);
    assertEquals(List.of("a", "b"), page.items());
    PageRequest second = PageRequest.of(Requests.query(Map.of("cursor", page.next())));
    assertEquals("b", second.afterId());
    assertEquals(PageRequest.DEFAULT_LIMIT, second.limit());
    assertNull(second.page(List.of("c"), id -> id).next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "501", "-1", "x", "", "1e3", "99999999999999999999"})
  void limitsOutOfBoundsAreRefused(String limit) {
    RequestFault fault =
        assertThrows(
            RequestFault.class, () -> PageRequest.of(Requests.query(Map.of("limit", limit))));
    assertEquals("limit: must be a whole number from 1 to 500", fault.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%", "", "!", "Lw", "QQ"})
  void cursorsThatNoPageNamedAreRefused(String cursor) {
    assertThrows(
        RequestFault.class, () -> PageRequest.of(Requests.query(Map.of("cursor", cursor))));
  }
}
