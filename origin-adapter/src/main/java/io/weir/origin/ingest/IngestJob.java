package io.weir.origin.ingest;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.content.Crew;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.metainfo.FileSlice;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.MetainfoException;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentDraft;
import io.weir.protocol.metainfo.TorrentDraft.NewFile;
import io.weir.protocol.metainfo.TorrentFile;
import io.weir.protocol.metainfo.TorrentFormat;
import io.weir.protocol.metainfo.TorrentPaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one ingest through: probe every file, hash while spooling, write the metainfo; of an
 * imported torrent only the files' lengths are compared. Runs on an ingest thread, with the crew's
 * help. A stop leaves the ingest unfinished, to go on after the next start with the pieces that are
 * not hashed yet, as long as the origin still has the same objects and tells so.
 */
final class IngestJob implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(IngestJob.class);

  /** 65,536 pieces of 16 MiB: more than that is no content of this century's swarms. */
  static final long MAX_CONTENT_BYTES = 1L << 40;

  private final Ingest ingest;
  private final OriginReader reader;
  private final Crew crew;
  private final ReadLimit adapterRuns;
  private final TorrentFormat format;

  IngestJob(
      Ingest ingest, OriginReader reader, Crew crew, ReadLimit adapterRuns, TorrentFormat format) {
    this.ingest = ingest;
    this.reader = reader;
    this.crew = crew;
    this.adapterRuns = adapterRuns;
    this.format = format;
  }

  @Override
  public void run() {
    try {
      checkWanted();
      IngestRequest request = ingest.request();
      if (ingest.isImported()) {
        accept(request, ingest.imported());
      } else {
        make(request);
      }
      log.info("Ingest done content={}", ingest.key());
    } catch (OriginException e) {
      fail(e.getMessage());
    } catch (IOException e) {
      fail("the adapter's disk: " + e.getMessage());
    } catch (RuntimeException e) {
      log.error("Ingest broke content={}", ingest.key(), e);
      fail("internal error, see the adapter's log");
    }
  }

  private void accept(IngestRequest request, Metainfo torrent) throws OriginException, IOException {
    List<TorrentFile> files = ContentFiles.content(torrent.layout());
    List<OriginObject> objects = probe(request, files.stream().map(TorrentFile::path).toList());
    for (int i = 0; i < files.size(); i++) {
      long found = objects.get(i).lengthBytes();
      long wanted = files.get(i).lengthBytes();
      if (found != wanted) {
        throw new OriginException(
            Fault.REJECTED,
            "file %s has %d bytes at the origin and %d in the torrent"
                .formatted(ContentFiles.printable(files.get(i).path()), found, wanted));
      }
    }
    ingest.finish(objects);
  }

  private void make(IngestRequest request) throws OriginException, IOException {
    List<List<String>> paths = paths(request);
    List<OriginObject> objects = probe(request, paths);
    long total = requireUsableLength(objects);
    TorrentDraft draft = draft(request, paths, objects);
    ContentFiles files = new ContentFiles(request.origin(), draft.layout(), objects);
    ObjectsFingerprint fingerprint = ObjectsFingerprint.of(draft, files);
    if (!fingerprint.tellsVersionsApart()) {
      ingest.beginAnew();
    }
    ingest.change(now -> now.hashing(total));
    try (DigestJournal journal = ingest.journal(draft, fingerprint.bytes())) {
      List<PieceDigests> digests = hash(draft, files, journal);
      ingest.finish(draft.metainfo(digests).toTorrent(List.of(), List.of()), objects);
    }
  }

  private List<PieceDigests> hash(TorrentDraft draft, ContentFiles files, DigestJournal journal)
      throws OriginException {
    @Nullable PieceDigests[] known = journal.known();
    int hashed = 0;
    for (int piece = 0; piece < known.length; piece++) {
      if (known[piece] != null) {
        ingest.onHashed(contentBytes(draft, piece));
        hashed++;
      }
    }
    if (hashed == 0) {
      ingest.shelf().clear();
    } else {
      log.info("Ingest goes on content={} hashedPieces={}", ingest.key(), hashed);
    }
    return new ContentHasher(
            reader,
            files,
            draft,
            known,
            crew,
            (piece, digests, bytes) -> {
              ingest.shelf().put(piece, bytes);
              journal.append(piece, digests);
              ingest.onHashed(contentBytes(draft, piece));
            })
        .hash(this::checkWanted);
  }

  private static long contentBytes(TorrentDraft draft, int piece) {
    return draft.layout().slices(piece).stream()
        .filter(slice -> !slice.file().padding())
        .mapToLong(FileSlice::lengthBytes)
        .sum();
  }

  private static List<List<String>> paths(IngestRequest request) throws OriginException {
    List<String> files = request.origin().files();
    try {
      return files == null ? List.of(List.of(request.name())) : TorrentPaths.parse(files);
    } catch (MetainfoException e) {
      throw refused(e);
    }
  }

  private List<OriginObject> probe(IngestRequest request, List<List<String>> paths)
      throws OriginException {
    return new OriginProbe(reader, crew).objects(request.origin(), paths, this::checkWanted);
  }

  private static long requireUsableLength(List<OriginObject> objects) throws OriginException {
    long total = 0;
    for (OriginObject object : objects) {
      total += Math.min(object.lengthBytes(), MAX_CONTENT_BYTES + 1);
    }
    if (total == 0) {
      throw new OriginException(Fault.REJECTED, "content of zero bytes");
    }
    if (total > MAX_CONTENT_BYTES) {
      throw new OriginException(Fault.REJECTED, "content of more than 1 TiB");
    }
    return total;
  }

  private TorrentDraft draft(
      IngestRequest request, List<List<String>> paths, List<OriginObject> objects)
      throws OriginException {
    try {
      if (request.origin().url() != null) {
        long length = objects.get(0).lengthBytes();
        return TorrentDraft.ofFile(
            format, request.name(), length, MetainfoBuilder.pieceLengthFor(length));
      }
      List<NewFile> files = new ArrayList<>(paths.size());
      for (int i = 0; i < paths.size(); i++) {
        files.add(new NewFile(paths.get(i), objects.get(i).lengthBytes()));
      }
      return TorrentDraft.ofFiles(
          format, request.name(), files, MetainfoBuilder.pieceLengthFor(format, files));
    } catch (MetainfoException e) {
      throw refused(e);
    }
  }

  private static OriginException refused(MetainfoException e) {
    return new OriginException(
        Fault.REJECTED, "no torrent can be made of these files: " + e.getMessage());
  }

  private void checkWanted() throws OriginException {
    adapterRuns.check();
    ingest.checkNotForgotten();
  }

  /** What fails because nobody wants it any more has not failed. */
  private void fail(@Nullable String why) {
    try {
      checkWanted();
    } catch (OriginException stop) {
      log.info("Ingest stopped content={} reason={}", ingest.key(), stop.getMessage());
      return;
    }
    log.warn("Ingest failed content={} reason={}", ingest.key(), why);
    try {
      ingest.fail(String.valueOf(why));
    } catch (IOException e) {
      log.error("Ingest record not written content={}", ingest.key(), e);
    }
  }
}
