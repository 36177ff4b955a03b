package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.control.view.Page;
import io.weir.protocol.control.BearerToken;
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
    assertEquals(Optional.empty(), access.refuse(Caller.OPERATOR_OR_NODE, "Bearer op"));
    assertEquals(Optional.empty(), access.refuse(Caller.OPERATOR_OR_NODE, "Bearer node"));
    assertEquals(Fault.UNAUTHORIZED, refusal(access, Caller.OPERATOR_OR_NODE, "Bearer other"));
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
