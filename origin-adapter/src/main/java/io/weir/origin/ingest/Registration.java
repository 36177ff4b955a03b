package io.weir.origin.ingest;

import io.weir.origin.content.ContentFiles;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import io.weir.protocol.metainfo.PathElement;
import io.weir.protocol.metainfo.TorrentPaths;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to ingest, checked as far as that goes without asking its origin.
 *
 * @param request without its torrent
 * @param imported the torrent that was with it, parsed; null where one is to be made
 * @param fingerprint the same for equal requests only
 */
record Registration(IngestRequest request, @Nullable Metainfo imported, String fingerprint) {

  static Registration of(IngestRequest request) throws InvalidRequestException {
    OriginLocation origin = request.origin();
    requireUrl(origin);
    String torrent = request.torrent();
    Metainfo imported = torrent == null ? null : imported(request, torrent);
    if (imported == null) {
      requireNames(request);
    }
    return new Registration(
        new IngestRequest(origin, request.name(), null), imported, Fingerprint.of(request));
  }

  private static void requireUrl(OriginLocation origin) throws InvalidRequestException {
    String base = origin.baseUrl();
    String url = base == null ? String.valueOf(origin.url()) : base;
    String field = base == null ? "origin.url" : "origin.baseUrl";
    try {
      URI parsed = new URI(url);
      if (!parsed.isAbsolute()) {
        throw new InvalidRequestException(field + " must be absolute");
      }
      if (base != null
          && (parsed.isOpaque()
              || parsed.getRawQuery() != null
              || parsed.getRawFragment() != null)) {
        throw new InvalidRequestException(field + " must end in a path, without query or fragment");
      }
    } catch (URISyntaxException e) {
      throw new InvalidRequestException(field + " is not a URL: " + e.getReason());
    }
  }

  private static void requireNames(IngestRequest request) throws InvalidRequestException {
    String refusal = PathElement.refusal(request.name());
    if (refusal != null) {
      throw new InvalidRequestException("name " + refusal);
    }
    OriginLocation origin = request.origin();
    if (origin.baseUrl() == null) {
      return;
    }
    if (origin.files() == null) {
      throw new InvalidRequestException(
          "origin.files is required with origin.baseUrl, unless there is a torrent");
    }
    try {
      TorrentPaths.parse(origin.files());
    } catch (MetainfoException e) {
      throw new InvalidRequestException("origin." + e.getMessage());
    }
  }

  private static Metainfo imported(IngestRequest request, String torrent)
      throws InvalidRequestException {
    OriginLocation origin = request.origin();
    if (origin.files() != null) {
      throw new InvalidRequestException("origin.files must not be there: the torrent names them");
    }
    Metainfo metainfo = parse(torrent);
    if (!metainfo.name().equals(request.name())) {
      throw new InvalidRequestException(
          "name is not the torrent's, which is "
              + ContentFiles.printable(List.of(metainfo.name())));
    }
    if (metainfo.multiFile() && origin.baseUrl() == null) {
      throw new InvalidRequestException(
          "origin.baseUrl is required, not origin.url: the torrent is a directory of files");
    }
    if (!metainfo.multiFile() && origin.url() == null) {
      throw new InvalidRequestException(
          "origin.url is required, not origin.baseUrl: the torrent is a single file");
    }
    if (ContentFiles.content(metainfo.layout()).size() > OriginLocation.MAX_FILES) {
      throw new InvalidRequestException(
          "torrent: more than " + OriginLocation.MAX_FILES + " files");
    }
    return metainfo;
  }

  private static Metainfo parse(String torrent) throws InvalidRequestException {
    try {
      return Metainfo.parse(Base64.getDecoder().decode(torrent));
    } catch (MetainfoException e) {
      throw new InvalidRequestException("torrent: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("torrent is not Base64: " + e.getMessage());
    }
  }
}
