package io.weir.origin.ingest;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.source.OriginClock;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.metainfo.TorrentFile;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks origins whether they still have the objects that were ingested, and marks the contents of
 * those that do not. What cannot be asked is not marked. One pass at a time, on a thread of its
 * own.
 */
public final class Revalidation implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Revalidation.class);

  /** Between two probes: at most 50 a second, however many files there are. */
  static final Duration BETWEEN_PROBES = Duration.ofMillis(20);

  private final Ingests ingests;
  private final OriginReader reader;
  private final OriginClock clock;

  /** Waits between probes by the clock. */
  public Revalidation(Ingests ingests, OriginReader reader, OriginClock clock) {
    this.ingests = ingests;
    this.reader = reader;
    this.clock = clock;
  }

  /** One pass over everything that is done; ends early when the adapter closes. */
  @Override
  public void run() {
    try {
      for (Ingest ingest : ingests.revalidable()) {
        Optional<IngestedContent> content = ingest.content();
        if (content.isPresent()) {
          revalidate(ingest, content.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("Revalidation broke", e);
    }
  }

  private void revalidate(Ingest ingest, IngestedContent content) throws InterruptedException {
    IngestedContent.Parts parts;
    try {
      parts = content.read();
    } catch (IOException e) {
      log.debug("Ingest not revalidated content={}", ingest.key(), e);
      return;
    }
    ReadLimit limit =
        () -> {
          ingests.checkOpen();
          ingest.checkNotForgotten();
        };
    for (TorrentFile file : ContentFiles.content(parts.files().layout())) {
      clock.pause(BETWEEN_PROBES);
      try {
        OriginObject found = reader.probe(parts.files().url(file), limit);
        String difference = difference(parts.files().object(file), found);
        if (difference != null) {
          ingest.markChanged(ContentFiles.printable(file.path()) + " has another " + difference);
          return;
        }
      } catch (OriginException e) {
        log.debug("Origin not revalidated content={} reason={}", ingest.key(), e.getMessage());
        return;
      }
    }
  }

  /** What tells the two versions apart, as reads do too; null where nothing does. */
  private static @Nullable String difference(OriginObject pinned, OriginObject found) {
    if (pinned.lengthBytes() != found.lengthBytes()) {
      return "length";
    }
    if (pinned.etag() != null) {
      return pinned.etag().equals(found.etag()) ? null : "ETag";
    }
    return Objects.equals(pinned.lastModified(), found.lastModified()) ? null : "Last-Modified";
  }
}
