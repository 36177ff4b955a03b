package io.weir.edge.control;

import com.fasterxml.jackson.core.JacksonException;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Json;
import io.weir.protocol.process.DurableFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last assignment and its metainfo on disk, so that the node serves without its control plane:
 * {@code assignment.json} and {@code metainfo/{contentId}.{version}.torrent} below the data
 * directory. A file that cannot be read is as good as none, and logged. One thread at a time.
 */
final class AssignmentFiles {
  private static final Logger log = LoggerFactory.getLogger(AssignmentFiles.class);

  private final Path assignmentFile;
  private final Path metainfoDir;

  /** Makes the directories. */
  AssignmentFiles(Path dataDir) throws IOException {
    this.assignmentFile = dataDir.resolve("assignment.json");
    this.metainfoDir = Files.createDirectories(dataDir.resolve("metainfo"));
  }

  /** The last one saved, null where there is none that can be read. */
  @Nullable Assignment assignment() {
    if (!Files.exists(assignmentFile)) {
      return null;
    }
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(assignmentFile), Assignment.class);
    } catch (IOException e) {
      log.warn("saved assignment ignored file={} cause={}", assignmentFile, reason(e));
      return null;
    }
  }

  void save(Assignment assignment) throws IOException {
    DurableFile.write(assignmentFile, Json.MAPPER.writeValueAsBytes(assignment));
  }

  /** The .torrent saved for this version, null where there is none that can be read. */
  byte @Nullable [] metainfo(ContentVersion content) {
    Path file = metainfoFile(content);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      log.warn("saved metainfo ignored file={} cause={}", file, reason(e));
      return null;
    }
  }

  void save(ContentVersion content, byte[] torrent) throws IOException {
    DurableFile.write(metainfoFile(content), torrent);
  }

  /** Deletes the metainfo of every other version. */
  void keepOnly(Set<ContentVersion> contents) throws IOException {
    Set<Path> kept = contents.stream().map(this::metainfoFile).collect(Collectors.toSet());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(metainfoDir)) {
      for (Path file : files) {
        if (!kept.contains(file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  Path metainfoFile(ContentVersion content) {
    return metainfoDir.resolve(content.contentId() + '.' + content.version() + ".torrent");
  }

  /** A parser's fault without the excerpt of the file that Jackson appends. */
  private static String reason(IOException e) {
    return e instanceof JacksonException parse ? parse.getOriginalMessage() : e.toString();
  }
}
