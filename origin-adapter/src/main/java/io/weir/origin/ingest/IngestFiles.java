package io.weir.origin.ingest;

import io.weir.origin.spool.ContentKey;
import io.weir.protocol.control.Json;
import io.weir.protocol.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ingests on disk: {@code {contentId}/{version}.json} and {@code .torrent}. A file is whole and
 * synced before it takes its name. Any thread, but one at a time for each content version.
 */
final class IngestFiles {
  private static final Logger log = LoggerFactory.getLogger(IngestFiles.class);
  private static final String RECORD = ".json";
  private static final String METAINFO = ".torrent";

  private final Path directory;

  IngestFiles(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
  }

  void save(ContentKey content, IngestRecord ingest) throws IOException {
    replace(content, RECORD, Json.MAPPER.writeValueAsBytes(ingest));
  }

  void saveMetainfo(ContentKey content, byte[] torrent) throws IOException {
    replace(content, METAINFO, torrent);
  }

  Path metainfo(ContentKey content) {
    return file(content, METAINFO);
  }

  void delete(ContentKey content) throws IOException {
    Files.deleteIfExists(file(content, RECORD));
    Files.deleteIfExists(file(content, METAINFO));
  }

  /** Every readable record; one that is not is left alone and told of. */
  Map<ContentKey, IngestRecord> load() throws IOException {
    Map<ContentKey, IngestRecord> ingests = new LinkedHashMap<>();
    try (Stream<Path> tree = Files.walk(directory, 2)) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        Optional<ContentKey> content = content(directory.relativize(file));
        if (content.isPresent()) {
          try {
            ingests.put(
                content.get(), Json.MAPPER.readValue(Files.readAllBytes(file), IngestRecord.class));
          } catch (IOException e) {
            log.error("Ingest record unreadable file={} error={}", file, e.toString());
          }
        }
      }
    }
    return ingests;
  }

  private static Optional<ContentKey> content(Path relative) {
    String name = relative.getFileName().toString();
    return relative.getNameCount() == 2 && name.endsWith(RECORD)
        ? ContentKey.parse(
            relative.getName(0).toString(), name.substring(0, name.length() - RECORD.length()))
        : Optional.empty();
  }

  private Path file(ContentKey content, String suffix) {
    return directory.resolve(content.contentId()).resolve(content.version() + suffix);
  }

  private void replace(ContentKey content, String suffix, byte[] bytes) throws IOException {
    Files.createDirectories(directory.resolve(content.contentId()));
    DurableFile.write(file(content, suffix), bytes);
  }
}
