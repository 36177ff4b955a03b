package io.weir.protocol.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.control.ChangedOrigins.ChangedContent;
import io.weir.protocol.control.Heartbeat.Holding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  private static final NodeEndpoints NODE =
      new NodeEndpoints(
          "ams-1",
          "http://192.0.2.1:8080",
          "192.0.2.1:6881",
          "udp://192.0.2.1:6969",
          "http://127.0.0.1:7072");

  static Stream<Record> everyRecordSurvives() {
    return Stream.of(
        new Assignment(
            7,
            List.of(
                new AssignedContent(
                    "film", 2, true, "a".repeat(40), null, List.of("ams-1"), "http://adapter"),
                new AssignedContent("new", 1, false, null, null, List.of(), "http://adapter")),
            List.of(NODE)),
        new Heartbeat(7, 1L << 40, List.of(new Holding("film", 2, 3, 9))),
        IngestRequest.ofUrl("https://origin.example/film.mp4", "film.mp4"),
        new IngestRequest(
            OriginLocation.ofFiles("http://origin.example/dir/", List.of("a", "b/c")),
            "dir",
            "ZGU="),
        new ChangedOrigins(List.of(new ChangedContent("film", 2))),
        new IngestStatus(IngestStatus.State.HASHING, 5, -1, null),
        new IngestStatus(IngestStatus.State.FAILED, 5, 10, "origin answered 404"),
        new NodeRegistration(NODE, 1L << 40, "0.1.0"),
        Problem.of(404, "Not found", "no content film"));
  }

  @ParameterizedTest
  @MethodSource
  void everyRecordSurvives(Record record) throws Exception {
    String json = Json.MAPPER.writeValueAsString(record);
    assertEquals(record, Json.MAPPER.readValue(json, record.getClass()));
  }

  @Test
  void fieldNamesAreTheContract() throws Exception {
    assertEquals(
        "{\"state\":\"DONE\",\"hashedBytes\":10,\"totalBytes\":10,\"failure\":null}",
        Json.MAPPER.writeValueAsString(new IngestStatus(IngestStatus.State.DONE, 10, 10, null)));
  }

  @Test
  void unknownFieldIsIgnored() throws Exception {
    assertEquals(
        IngestRequest.ofUrl("file:/srv/film.mp4", "film.mp4"),
        Json.MAPPER.readValue(
            "{\"origin\":{\"url\":\"file:/srv/film.mp4\"},\"name\":\"film.mp4\",\"later\":{\"a\":[1]}}",
            IngestRequest.class));
  }

  static Stream<Arguments> faultNamesTheField() {
    return Stream.of(
        Arguments.of(IngestRequest.class, "{'name':'x'}", "origin"),
        Arguments.of(IngestRequest.class, "{'origin':{'url':'x'},'name':null}", "name"),
        Arguments.of(OriginLocation.class, "{}", "url and baseUrl"),
        Arguments.of(OriginLocation.class, "{'url':'x','baseUrl':'y/'}", "url and baseUrl"),
        Arguments.of(OriginLocation.class, "{'url':'x','files':['a']}", "files"),
        Arguments.of(OriginLocation.class, "{'baseUrl':'y'}", "baseUrl"),
        Arguments.of(OriginLocation.class, "{'baseUrl':'y/','files':[]}", "files"),
        Arguments.of(
            ChangedOrigins.class,
            "{'contents':[{'contentId':'X','contentVersion':1}]}",
            "contentId"),
        Arguments.of(
            ChangedOrigins.class,
            "{'contents':[{'contentId':'x','contentVersion':0}]}",
            "contentVersion"),
        Arguments.of(IngestStatus.class, "{'state':'DONE','totalBytes':1}", "hashedBytes"),
        Arguments.of(
            IngestStatus.class, "{'state':'DONE','hashedBytes':-1,'totalBytes':1}", "hashedBytes"),
        Arguments.of(
            IngestStatus.class, "{'state':'DONE','hashedBytes':0,'totalBytes':-2}", "totalBytes"),
        Arguments.of(IngestStatus.class, "{'hashedBytes':1,'totalBytes':1}", "state"),
        Arguments.of(IngestStatus.class, "{'state':'GONE','hashedBytes':1,'totalBytes':1}", "GONE"),
        Arguments.of(Heartbeat.class, "{'assignmentVersion':1,'storedBytes':0}", "holdings"),
        Arguments.of(
            Heartbeat.class,
            "{'assignmentVersion':1,'storedBytes':-1,'holdings':[]}",
            "storedBytes"),
        Arguments.of(
            Holding.class,
            "{'contentId':'film','contentVersion':1,'piecesHeld':3,'pieces':2}",
            "piecesHeld"),
        Arguments.of(
            Holding.class,
            "{'contentId':'film','contentVersion':0,'piecesHeld':0,'pieces':2}",
            "contentVersion"),
        Arguments.of(Assignment.class, "{'version':1,'contents':[]}", "nodes"),
        Arguments.of(Assignment.class, "{'version':1,'nodes':[]}", "contents"),
        Arguments.of(Assignment.class, "{'contents':[],'nodes':[]}", "version"),
        Arguments.of(
            AssignedContent.class,
            "{'contentId':'film','contentVersion':1,'ready':true,'infoHash':'AA','replicas':[],"
                + "'originAdapter':'x'}",
            "infoHash"),
        Arguments.of(
            AssignedContent.class,
            "{'contentId':'film','contentVersion':1,'ready':true,'infoHashV2':'aa','replicas':[],"
                + "'originAdapter':'x'}",
            "infoHashV2"),
        Arguments.of(NodeRegistration.class, "{'storeCapacityBytes':1}", "endpoints"));
  }

  @ParameterizedTest
  @MethodSource
  void faultNamesTheField(Class<?> type, String json, String field) {
    JsonProcessingException e =
        assertThrows(
            JsonProcessingException.class,
            () -> Json.MAPPER.readValue(json.replace('\'', '"'), type));
    assertTrue(e.getMessage().contains(field), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Film", ".film", "-film", "a/b", "..", "a b", "\u00e9", "a\n"})
  void namesOutsideTheGrammarAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new Holding(name, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new NodeEndpoints(name, "x", "x", "x", "x"));
  }

  @Test
  void namesHaveAtMost63Characters() {
    assertEquals(63, new Holding("a".repeat(63), 1, 0, 1).contentId().length());
    assertThrows(IllegalArgumentException.class, () -> new Holding("a".repeat(64), 1, 0, 1));
  }
}
