package io.weir.origin.ingest;

import com.fasterxml.jackson.core.type.TypeReference;
import io.weir.origin.source.OriginObject;
import io.weir.origin.spool.ContentKey;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.Json;
import io.weir.protocol.process.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ingests on disk, each in files {@code {contentId}/{version}.*}: {@code json}, the record, without
 * which the others are nothing; {@code request}; {@code torrent}, once done or where it was
 * imported; {@code objects}, the pinned ones, once done; {@code digests}, the journal, until then.
 * All but the journal are whole and synced before they take their names. Any thread, but one at a
 * time for each content version.
 */
final class IngestFiles {
  private static final Logger log = LoggerFactory.getLogger(IngestFiles.class);
  private static final String RECORD = ".json";
  private static final String REQUEST = ".request";
  private static final String METAINFO = ".torrent";
  private static final String OBJECTS = ".objects";
  private static final String JOURNAL = ".digests";
  private static final List<String> BESIDES_RECORD = List.of(REQUEST, METAINFO, OBJECTS, JOURNAL);

  private final Path directory;

  IngestFiles(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
  }

  void save(ContentKey content, IngestRecord ingest) throws IOException {
    replace(content, RECORD, Json.MAPPER.writeValueAsBytes(ingest));
  }

  void saveRequest(ContentKey content, IngestRequest request) throws IOException {
    replace(content, REQUEST, Json.MAPPER.writeValueAsBytes(request));
  }

  IngestRequest request(ContentKey content) throws IOException {
    return Json.MAPPER.readValue(Files.readAllBytes(file(content, REQUEST)), IngestRequest.class);
  }

  void saveMetainfo(ContentKey content, byte[] torrent) throws IOException {
    replace(content, METAINFO, torrent);
  }

  byte[] metainfo(ContentKey content) throws IOException {
    return Files.readAllBytes(file(content, METAINFO));
  }

  void saveObjects(ContentKey content, List<OriginObject> objects) throws IOException {
    replace(content, OBJECTS, Json.MAPPER.writeValueAsBytes(objects));
  }

  List<OriginObject> objects(ContentKey content) throws IOException {
    return Json.MAPPER.readValue(
        Files.readAllBytes(file(content, OBJECTS)), new TypeReference<List<OriginObject>>() {});
  }

  long objectsBytes(ContentKey content) throws IOException {
    return Files.size(file(content, OBJECTS));
  }

  /** Where the journal is or will be. */
  Path journal(ContentKey content) {
    return file(content, JOURNAL);
  }

  void deleteJournal(ContentKey content) throws IOException {
    Files.deleteIfExists(journal(content));
  }

  /** The record goes first: the rest is swept at the next start if a crash leaves it. */
  void delete(ContentKey content) throws IOException {
    Files.deleteIfExists(file(content, RECORD));
    for (String suffix : BESIDES_RECORD) {
      Files.deleteIfExists(file(content, suffix));
    }
    deleteIfEmpty(directory.resolve(content.contentId()));
  }

  /**
   * Every readable record; one that is not is left alone and told of. Files without a record are
   * deleted.
   */
  Map<ContentKey, IngestRecord> load() throws IOException {
    Map<ContentKey, IngestRecord> ingests = new LinkedHashMap<>();
    for (Path file : files()) {
      Optional<ContentKey> content = content(file, RECORD);
      if (content.isPresent()) {
        try {
          ingests.put(
              content.get(), Json.MAPPER.readValue(Files.readAllBytes(file), IngestRecord.class));
        } catch (IOException e) {
          log.error("Ingest record unreadable file={} error={}", file, e.toString());
        }
      }
    }
    sweep();
    return ingests;
  }

  private void sweep() throws IOException {
    for (Path file : files()) {
      for (String suffix : BESIDES_RECORD) {
        Optional<ContentKey> content = content(file, suffix);
        if (content.isPresent() && Files.notExists(file(content.get(), RECORD))) {
          Files.delete(file);
        }
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(directory, 2)) {
      return new ArrayList<>(tree.filter(Files::isRegularFile).sorted().toList());
    }
  }

  private Optional<ContentKey> content(Path file, String suffix) {
    Path relative = directory.relativize(file);
    String name = relative.getFileName().toString();
    return relative.getNameCount() == 2 && name.endsWith(suffix)
        ? ContentKey.parse(
            relative.getName(0).toString(), name.substring(0, name.length() - suffix.length()))
        : Optional.empty();
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> left = Files.list(folder)) {
        if (left.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(folder);
    }
  }

  private Path file(ContentKey content, String suffix) {
    return directory.resolve(content.contentId()).resolve(content.version() + suffix);
  }

  private void replace(ContentKey content, String suffix, byte[] bytes) throws IOException {
    Files.createDirectories(directory.resolve(content.contentId()));
    DurableFile.write(file(content, suffix), bytes);
  }
}
