package io.weir.control.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an endpoint makes of a request. {@link Responses} alone turns it into HTTP. */
sealed interface Outcome {
  /** A JSON document; {@code etag} with its quotes. */
  record Document(int status, Object body, @Nullable String etag) implements Outcome {
    static Document ok(Object body) {
      return new Document(200, body, null);
    }
  }

  /** Bytes of another media type; {@code fileName} to save them as. */
  record Bytes(String mediaType, byte[] body, @Nullable String fileName) implements Outcome {}

  /** The caller has it as it is (RFC 9110 section 15.4.5); {@code etag} with its quotes. */
  record NotModified(String etag) implements Outcome {}

  /** Done, nothing to say. */
  record Nothing() implements Outcome {}

  /** No; {@code header} belongs to the kind of fault. */
  record Refusal(Fault fault, String detail, @Nullable Header header) implements Outcome {
    Refusal with(String headerName, String value) {
      return new Refusal(fault, detail, new Header(headerName, value));
    }
  }

  /** Not yet: answer when the assignment has another version, or with nothing after this long. */
  record AwaitAssignment(String nodeId, long afterVersion, Duration atMost) implements Outcome {}

  /** A response header. */
  record Header(String name, String value) {}
}
