package io.weir.control.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.protocol.control.OriginLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /v1/contents/{id}} as it was written: every field of its type, none of
 * them judged. Fields that are null count as absent.
 *
 * @param hasOrigin whether there was an {@code origin}
 * @param url {@code origin.url}
 * @param baseUrl {@code origin.baseUrl}
 * @param files {@code origin.files}
 * @param name {@code name}
 * @param torrent {@code torrent}, its Base64 decoded
 */
record PublishBody(
    boolean hasOrigin,
    @Nullable String url,
    @Nullable String baseUrl,
    @Nullable List<String> files,
    @Nullable String name,
    byte @Nullable [] torrent) {
  /** Longest body: the longest list of files, or the longest torrent in Base64, and some air. */
  static final int MAX_BYTES = 32 << 20;

  static PublishBody of(ApiRequest request) throws RequestFault {
    return JsonBody.stream(request, parser -> new Reading(parser).body());
  }

  /** One reading of one body, field by field as they come. */
  private static final class Reading {
    private final JsonParser parser;
    private boolean hasOrigin;
    private @Nullable String url;
    private @Nullable String baseUrl;
    private @Nullable List<String> files;
    private @Nullable String name;
    private byte @Nullable [] torrent;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    PublishBody body() throws IOException, RequestFault {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RequestFault.at("body", "must be a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "origin" -> readOrigin(value);
          case "name" -> name = text("name", value);
          case "torrent" -> torrent = torrent(value);
          default -> throw unknown(field, List.of("origin", "name", "torrent"));
        }
      }
      return new PublishBody(hasOrigin, url, baseUrl, files, name, torrent);
    }

    private void readOrigin(JsonToken token) throws IOException, RequestFault {
      if (token != JsonToken.START_OBJECT) {
        throw RequestFault.at("origin", "must be an object with url or baseUrl");
      }
      hasOrigin = true;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "url" -> url = text("origin.url", value);
          case "baseUrl" -> baseUrl = text("origin.baseUrl", value);
          case "files" -> files = files(value);
          default -> throw unknown("origin." + field, List.of("url", "baseUrl", "files"));
        }
      }
    }

    private @Nullable List<String> files(JsonToken token) throws IOException, RequestFault {
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      if (token != JsonToken.START_ARRAY) {
        throw RequestFault.at("origin.files", "must be an array of strings");
      }
      List<String> paths = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (paths.size() == OriginLocation.MAX_FILES) {
          throw RequestFault.at(
              "origin.files", "must name 1 to " + OriginLocation.MAX_FILES + " files");
        }
        String field = "origin.files[" + paths.size() + "]";
        String path = text(field, next);
        if (path == null) {
          throw RequestFault.at(field, "must be a string");
        }
        paths.add(path);
      }
      return paths;
    }

    private @Nullable String text(String field, JsonToken token) throws IOException, RequestFault {
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      if (token != JsonToken.VALUE_STRING) {
        throw RequestFault.at(field, "must be a string");
      }
      return parser.getText();
    }

    private byte @Nullable [] torrent(JsonToken token) throws IOException, RequestFault {
      if (token == JsonToken.VALUE_NULL) {
        return null;
      }
      if (token != JsonToken.VALUE_STRING) {
        throw RequestFault.at("torrent", "must be a string in Base64");
      }
      try {
        return parser.getBinaryValue();
      } catch (JsonProcessingException e) {
        throw RequestFault.at("torrent", "is not Base64: " + e.getOriginalMessage());
      }
    }

    private static RequestFault unknown(String field, List<String> known) {
      return RequestFault.at(field, "is not known here; known are " + known);
    }
  }
}
