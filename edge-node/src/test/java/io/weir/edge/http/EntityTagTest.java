package io.weir.edge.http;

import static io.weir.edge.http.EntityTag.Verdict.NOT_MODIFIED;
import static io.weir.edge.http.EntityTag.Verdict.PRECONDITION_FAILED;
import static io.weir.edge.http.EntityTag.Verdict.PROCEED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.edge.http.EntityTag.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntityTagTest {
  private final EntityTag tag = new EntityTag("\"aa-0-1\"");

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of(null, null, PROCEED),
        Arguments.of(null, "\"aa-0-1\"", NOT_MODIFIED),
        Arguments.of(null, "W/\"aa-0-1\"", NOT_MODIFIED),
        Arguments.of(null, "*", NOT_MODIFIED),
        Arguments.of(null, "\"other\"", PROCEED),
        Arguments.of(null, "\"other\", \"aa-0-1\"", NOT_MODIFIED),
        Arguments.of(null, "\"other\" ,W/\"aa-0-1\" ", NOT_MODIFIED),
        Arguments.of(null, "aa-0-1", PROCEED),
        Arguments.of(null, "\"aa-0-1", PROCEED),
        Arguments.of(null, "w/\"aa-0-1\"", PROCEED),
        Arguments.of(null, "", PROCEED),
        Arguments.of(null, ",,,", PROCEED),
        Arguments.of("\"aa-0-1\"", null, PROCEED),
        Arguments.of("*", null, PROCEED),
        Arguments.of("W/\"aa-0-1\"", null, PRECONDITION_FAILED),
        Arguments.of("\"aa-0-2\"", null, PRECONDITION_FAILED),
        Arguments.of("\"x\", \"aa-0-1\"", null, PROCEED),
        Arguments.of("", null, PRECONDITION_FAILED),
        Arguments.of("\"aa-0-1\"", "\"aa-0-1\"", NOT_MODIFIED),
        Arguments.of("\"x\"", "\"aa-0-1\"", PRECONDITION_FAILED));
  }

  @ParameterizedTest(name = "If-Match {0}, If-None-Match {1}: {2}")
  @MethodSource("conditions")
  void conditionsAreJudged(String ifMatch, String ifNoneMatch, Verdict expected) {
    assertEquals(expected, tag.judge(ifMatch, ifNoneMatch));
  }

  @ParameterizedTest(name = "If-Range {0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "absent",
      value = {
        "absent                        | true",
        "\"aa-0-1\"                    | true",
        "W/\"aa-0-1\"                  | false",
        "\"aa-0-2\"                    | false",
        "*                             | false",
        "Sun, 06 Nov 1994 08:49:37 GMT | false",
        "''                            | false",
      })
  void rangeCountsOnlyBesideTheSameStrongTag(String ifRange, boolean counts) {
    assertEquals(counts, tag.allowsRange(ifRange));
  }
}
