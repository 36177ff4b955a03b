package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeBodiesTest {
  private static final String GOOD =
      """
      {"endpoints":{"id":"edge-1","http":"http://10.0.0.1:8080","peer":"10.0.0.1:6881",
       "udpTracker":"udp://10.0.0.1:6969","admin":"http://[::1]:7072"},
       "storeCapacityBytes":1024,"softwareVersion":"0.1"}
      """;

  @Test
  void fieldsOfNewerVersionsAreIgnored() throws RequestFault {
    String newer = GOOD.replace("\"softwareVersion\"", "\"zone\":\"a\",\"softwareVersion\"");
    assertEquals(
        "edge-1", NodeBodies.registration(Requests.json(newer), "edge-1").endpoints().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"edge-1\" | \"edge-2\" | endpoints.id",
        "http://10.0.0.1:8080 | http://10.0.0.1:8080/ | endpoints.http",
        "http://10.0.0.1:8080 | ftp://10.0.0.1:8080 | endpoints.http",
        "http://10.0.0.1:8080 | http://10.0.0.1 | endpoints.http",
        "\"10.0.0.1:6881\" | \"10.0.0.1\" | endpoints.peer",
        "\"10.0.0.1:6881\" | null | endpoints.peer",
        "udp://10.0.0.1:6969 | http://10.0.0.1:6969 | endpoints.udpTracker",
        "\"http://[::1]:7072\" | null | endpoints.admin",
        "1024 | 0 | storeCapacityBytes",
        "1024 | -1 | body: storeCapacityBytes",
        "1024 | null | storeCapacityBytes",
        "1024 | \"much\" | storeCapacityBytes",
        "\"0.1\" | null | softwareVersion",
        "\"endpoints\" | \"ends\" | endpoints",
      })
  void badRegistrationNamesTheField(String from, String to, String field) {
    String body = GOOD.replace(from, to);
    RequestFault fault =
        assertThrows(
            RequestFault.class, () -> NodeBodies.registration(Requests.json(body), "edge-1"));
    assertTrue(fault.getMessage().startsWith(field), fault.getMessage());
  }

  @Test
  void nodeNamesFollowTheGrammar() {
    RequestFault fault =
        assertThrows(
            RequestFault.class, () -> NodeBodies.registration(Requests.json(GOOD), "Edge 1"));
    assertTrue(fault.getMessage().startsWith("id: "), fault.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"assignmentVersion\":1,\"storedBytes\":-1,\"holdings\":[]} | body: storedBytes",
        "{\"assignmentVersion\":1,\"storedBytes\":1} | holdings",
        "{\"assignmentVersion\":1,\"storedBytes\":1,\"holdings\":[null]} | body",
        "{\"assignmentVersion\":1,\"storedBytes\":1,\"holdings\":[{\"contentId\":\"a\","
            + "\"contentVersion\":1,\"piecesHeld\":3,\"pieces\":2}]} | holdings[0]",
        "{\"assignmentVersion\":1,\"storedBytes\":1,\"holdings\":[{\"contentId\":\"a\","
            + "\"contentVersion\":1,\"piecesHeld\":\"x\",\"pieces\":2}]} | holdings[0].piecesHeld",
        "null | body",
        "[1] | body",
      })
  void badHeartbeatNamesTheField(String body, String field) {
    RequestFault fault =
        assertThrows(RequestFault.class, () -> NodeBodies.heartbeat(Requests.json(body)));
    assertTrue(fault.getMessage().startsWith(field), fault.getMessage());
  }
}
