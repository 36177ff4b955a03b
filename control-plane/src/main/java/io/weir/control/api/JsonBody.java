package io.weir.control.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads JSON request bodies, naming what is wrong with those that are refused. */
final class JsonBody {
  private static final String MEDIA_TYPE = "application/json";

  /** People write these bodies: nothing in them may be overlooked. */
  private static final ObjectReader STRICT =
      Json.MAPPER
          .reader()
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonBody() {}

  /** An operator's body: one JSON object, no name in it twice. */
  static ObjectNode object(ApiRequest request) throws RequestFault {
    requireJson(request);
    try {
      JsonNode node = STRICT.readTree(request.body());
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new RequestFault(Fault.BAD_REQUEST, "body: must be a JSON object");
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** A node's body. Fields that are unknown are ignored: it may be of a newer version. */
  static <T> T record(ApiRequest request, Class<T> type) throws RequestFault {
    requireJson(request);
    try {
      T value = Json.MAPPER.readValue(request.body(), type);
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
    String given = request.contentType() == null ? "" : request.contentType();
    String mediaType = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaType.equals(MEDIA_TYPE)) {
      throw new RequestFault(Fault.UNSUPPORTED_MEDIA_TYPE, "Content-Type: must be " + MEDIA_TYPE);
    }
  }

  private static RequestFault malformed(IOException e) {
    String detail = "body: is not JSON";
    if (e instanceof JsonProcessingException json) {
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
