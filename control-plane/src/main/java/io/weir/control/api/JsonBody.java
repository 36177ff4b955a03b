package io.weir.control.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.weir.protocol.control.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads JSON request bodies (RFC 8259, in UTF-8 and nothing else), naming what is wrong with those
 * that are refused. No name may stand twice in an object, and nothing may follow the value.
 */
final class JsonBody {
  private static final Set<String> MEDIA_TYPES =
      Set.of("application/json", "application/json;charset=utf-8");

  private static final ObjectReader STRICT = strict();

  private JsonBody() {}

  private static ObjectReader strict() {
    var mapper = Json.MAPPER.copy();
    for (LogicalType number : Set.of(LogicalType.Integer, LogicalType.Float)) {
      mapper
          .coercionConfigFor(number)
          .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
          .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
    }
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper
        .reader()
        .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** How a body is read as a stream. */
  @FunctionalInterface
  interface Reading<T> {
    T read(JsonParser parser) throws IOException, RequestFault;
  }

  /** A body that may be long: read as it comes, to its end. */
  static <T> T stream(ApiRequest request, Reading<T> reading) throws RequestFault {
    requireJson(request);
    try (JsonParser parser = STRICT.createParser(text(request.body()))) {
      T value = reading.read(parser);
      if (parser.nextToken() != null) {
        throw new RequestFault(Fault.BAD_REQUEST, "body: must end with its object");
      }
      return value;
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** A node's body. Fields that are unknown are ignored: it may be of a newer version. */
  static <T> T record(ApiRequest request, Class<T> type) throws RequestFault {
    requireJson(request);
    try (Reader text = text(request.body())) {
      T value = STRICT.forType(type).readValue(text);
      if (value == null) {
        throw new RequestFault(Fault.BAD_REQUEST, "body: must be a JSON object");
      }
      return value;
    } catch (JsonMappingException e) {
      throw mapping(e);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Jackson itself would guess the encoding, and pass some malformed UTF-8. */
  private static Reader text(byte[] body) {
    return new InputStreamReader(
        new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
  }

  /** Records name what is out of bounds, and by a NullPointerException what is missing. */
  private static RequestFault mapping(JsonMappingException e) {
    String path = path(e);
    String named = e.getCause() == null ? null : e.getCause().getMessage();
    if (named != null && e.getCause() instanceof IllegalArgumentException) {
      return RequestFault.at(path.isEmpty() ? "body" : path, named);
    }
    if (named != null && e.getCause() instanceof NullPointerException) {
      return RequestFault.at(path.isEmpty() ? named : path + "." + named, "is missing");
    }
    return path.isEmpty() ? malformed(e) : RequestFault.at(path, "is missing or of the wrong type");
  }

  private static void requireJson(ApiRequest request) throws RequestFault {
    String given = request.header("Content-Type");
    String mediaType =
        given == null ? "" : given.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
    if (!MEDIA_TYPES.contains(mediaType)) {
      throw new RequestFault(
          Fault.UNSUPPORTED_MEDIA_TYPE, "Content-Type: must be application/json, in UTF-8");
    }
    String encoding = request.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RequestFault(
          Fault.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding: bodies are not read compressed");
    }
  }

  private static RequestFault malformed(IOException e) {
    String detail = "body: is not JSON";
    if (e instanceof CharacterCodingException) {
      detail = "body: is not UTF-8";
    } else if (e instanceof JsonProcessingException json) {
      detail = "body: " + json.getOriginalMessage();
      if (json.getLocation() != null) {
        detail += " (line " + json.getLocation().getLineNr() + ")";
      }
    }
    return new RequestFault(Fault.BAD_REQUEST, detail);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonBody::step)
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String step(Reference reference) {
    return reference.getFieldName() != null
        ? reference.getFieldName()
        : "[" + reference.getIndex() + "]";
  }
}
