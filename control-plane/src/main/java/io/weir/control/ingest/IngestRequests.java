package io.weir.control.ingest;

import io.weir.control.catalogue.IngestingVersion;
import io.weir.control.catalogue.SourceSummary;
import io.weir.control.db.Ingests;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.OriginLocation;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What adapters are asked for a version; reads its manifest, which may be large, when asked. */
final class IngestRequests {
  private final Ingests ingests;

  IngestRequests(Ingests ingests) {
    this.ingests = ingests;
  }

  /** The request; empty if the version was superseded meanwhile. */
  Optional<IngestRequest> of(IngestingVersion version) {
    SourceSummary source = version.source();
    String url = source.origin().toString();
    String name = source.name().value();
    return switch (source.kind()) {
      case OBJECT -> Optional.of(IngestRequest.ofUrl(url, name));
      case FILES -> ingests.files(version).map(files -> ofFiles(url, files, name));
      case TORRENT -> ingests.torrent(version).map(torrent -> ofTorrent(source, torrent));
    };
  }

  private static IngestRequest ofFiles(String baseUrl, List<String> files, String name) {
    return new IngestRequest(OriginLocation.ofFiles(baseUrl, files), name, null);
  }

  private static IngestRequest ofTorrent(SourceSummary source, byte[] torrent) {
    String url = source.origin().toString();
    return new IngestRequest(
        source.origin().isBase() ? new OriginLocation(null, url, null) : OriginLocation.ofUrl(url),
        source.name().value(),
        Base64.getEncoder().encodeToString(torrent));
  }
}
