package io.weir.control.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.weir.protocol.control.Json;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Where a command writes.
 *
 * @param out data
 * @param err diagnostics
 */
record Console(PrintWriter out, PrintWriter err) {
  /** One JSON document on one line. */
  void json(Object value) {
    try {
      out.println(Json.MAPPER.writeValueAsString(value));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A table for people, its columns as wide as their widest cell. */
  void table(List<List<String>> rows) {
    new Table(rows).lines().forEach(out::println);
    out.flush();
  }
}
