package io.weir.control.api;

import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.FilePaths;
import io.weir.control.catalogue.Manifest;
import io.weir.control.catalogue.Manifest.ImportedTorrent;
import io.weir.control.catalogue.Manifest.OneObject;
import io.weir.control.catalogue.Origin;
import io.weir.control.catalogue.Source;
import io.weir.protocol.metainfo.MetainfoException;
import java.util.function.Supplier;

/** Judges a body to publish, field by field, and makes the source that it stands for; pure. */
final class PublishedSource {
  private PublishedSource() {}

  static Source of(PublishBody body) throws RequestFault {
    Origin origin = origin(body);
    Manifest manifest = manifest(body);
    FileName name = name(body, origin, manifest);
    try {
      return new Source(origin, name, manifest);
    } catch (IllegalArgumentException e) {
      throw named(e);
    }
  }

  private static Origin origin(PublishBody body) throws RequestFault {
    String url = body.url();
    String baseUrl = body.baseUrl();
    if (!body.hasOrigin()) {
      throw RequestFault.at("origin", "is missing");
    }
    if (url != null && baseUrl == null) {
      return value("origin.url", () -> Origin.ofObject(url));
    }
    if (baseUrl != null && url == null) {
      return value("origin.baseUrl", () -> Origin.ofBase(baseUrl));
    }
    throw RequestFault.at("origin", "must have either url or baseUrl");
  }

  private static Manifest manifest(PublishBody body) throws RequestFault {
    byte[] torrent = body.torrent();
    if (torrent != null) {
      if (body.files() != null) {
        throw RequestFault.at("origin.files", "must not be there, the torrent names them");
      }
      try {
        return ImportedTorrent.parse(torrent);
      } catch (MetainfoException e) {
        throw RequestFault.at("torrent", String.valueOf(e.getMessage()));
      }
    }
    if (body.files() == null) {
      return new OneObject();
    }
    try {
      return new Manifest.Files(new FilePaths(body.files()));
    } catch (IllegalArgumentException e) {
      throw new RequestFault(Fault.BAD_REQUEST, "origin." + e.getMessage());
    }
  }

  private static FileName name(PublishBody body, Origin origin, Manifest manifest)
      throws RequestFault {
    String given = body.name();
    if (manifest instanceof ImportedTorrent torrent) {
      // As given: whether it is the torrent's own is judged with everything else.
      String name = given == null ? torrent.metainfo().name() : given;
      return value("name", () -> new FileName(name));
    }
    if (given != null) {
      return value("name", () -> FileName.chosen(given));
    }
    return value(
        "name (from the origin's URL)",
        () -> origin.isBase() ? FileName.ofBaseUrl(origin.url()) : FileName.ofUrl(origin.url()));
  }

  private static <T> T value(String field, Supplier<T> value) throws RequestFault {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw RequestFault.at(field, String.valueOf(e.getMessage()));
    }
  }

  /** What a source says of itself names the field already. */
  private static RequestFault named(IllegalArgumentException e) {
    return new RequestFault(Fault.BAD_REQUEST, String.valueOf(e.getMessage()));
  }
}
