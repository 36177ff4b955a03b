package io.weir.control.catalogue;

import io.weir.control.catalogue.Manifest.Files;
import io.weir.control.catalogue.Manifest.ImportedTorrent;
import io.weir.control.catalogue.Manifest.OneObject;
import io.weir.protocol.control.OriginLocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What an operator registers a content from, whole and consistent: a torrent of one file goes with
 * an object's URL, one of several with a base URL.
 *
 * @param origin where the bytes are
 * @param name the torrent's name
 * @param manifest what tells the files
 */
public record Source(Origin origin, FileName name, Manifest manifest) {
  /**
   * Checks that the three go together.
   *
   * @throws IllegalArgumentException naming the field and what is wrong
   */
  public Source {
    if (manifest instanceof OneObject) {
      require(!origin.isBase(), "origin.files: is missing");
    } else if (manifest instanceof Files) {
      require(origin.isBase(), "origin.files: goes with baseUrl, not with url");
    } else if (manifest instanceof ImportedTorrent imported) {
      boolean multiFile = imported.metainfo().multiFile();
      require(
          !multiFile || origin.isBase(), "origin.url: must be baseUrl, the torrent is multi-file");
      require(
          multiFile || !origin.isBase(), "origin.baseUrl: must be url, the torrent is single-file");
      require(
          imported.metainfo().name().equals(name.value()),
          "name: must be the torrent's, or left out");
      require(
          manifest.fileCount() <= OriginLocation.MAX_FILES,
          "torrent: must have at most " + OriginLocation.MAX_FILES + " files");
    }
  }

  /** A source that is one object. */
  public static Source ofObject(Origin origin, FileName name) {
    return new Source(origin, name, new OneObject());
  }

  /** The source without its manifest. */
  public SourceSummary summary() {
    return new SourceSummary(origin, name, manifest.kind(), manifest.fileCount(), digest(manifest));
  }

  private static @Nullable String digest(Manifest manifest) {
    byte[] bytes;
    if (manifest instanceof Files files) {
      // No path holds a newline.
      bytes = String.join("\n", files.files().paths()).getBytes(StandardCharsets.UTF_8);
    } else if (manifest instanceof ImportedTorrent torrent) {
      bytes = torrent.bare();
    } else {
      return null;
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
