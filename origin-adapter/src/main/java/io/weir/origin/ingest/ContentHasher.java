package io.weir.origin.ingest;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.content.Crew;
import io.weir.origin.content.RunReader;
import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.metainfo.FileLayout;
import io.weir.protocol.metainfo.FileSlice;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentDraft;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and hashes the pieces of one content that are not hashed yet, several runs at a time, with
 * one piece buffer for each. The first run that leaves a file in its middle goes alone: it tells
 * whether origins know ranges, and where they do not, the same answers are read on to their ends.
 * Made for one content; {@link #hash} is called once, on a thread that may block.
 */
final class ContentHasher {
  static final int RUNS_AT_ONCE = 4;

  private final OriginReader reader;
  private final ContentFiles files;
  private final TorrentDraft draft;
  private final Crew crew;
  private final PieceSink sink;
  private final AtomicReferenceArray<PieceDigests> digests;

  /**
   * A hasher.
   *
   * @param known digests that are there already, by piece
   */
  ContentHasher(
      OriginReader reader,
      ContentFiles files,
      TorrentDraft draft,
      @Nullable PieceDigests[] known,
      Crew crew,
      PieceSink sink) {
    this.reader = reader;
    this.files = files;
    this.draft = draft;
    this.crew = crew;
    this.sink = sink;
    this.digests = new AtomicReferenceArray<>(known);
  }

  /** The digests in piece order. */
  List<PieceDigests> hash(ReadLimit limit) throws OriginException {
    FileLayout layout = draft.layout();
    List<PieceRun> runs =
        PieceRun.of(
            piece -> digests.get(piece) == null, layout.pieceCount(), layout.pieceLengthBytes());
    for (PieceRun run : runs) {
      if (endsWithinAFile(run)) {
        hash(run, limit, true);
        break;
      }
    }
    crew.run(
        runs.size(),
        RUNS_AT_ONCE,
        limit,
        (index, stepLimit) -> hash(runs.get(index), stepLimit, false));
    return IntStream.range(0, digests.length()).mapToObj(digests::get).toList();
  }

  private boolean endsWithinAFile(PieceRun run) {
    List<FileSlice> slices = draft.layout().slices(run.endPiece() - 1);
    FileSlice last = slices.get(slices.size() - 1);
    return last.offsetBytes() + last.lengthBytes() < last.file().lengthBytes();
  }

  private void hash(PieceRun run, ReadLimit limit, boolean extending) throws OriginException {
    ByteBuffer buffer = ByteBuffer.allocate(0);
    try (RunReader pieces = open(run, limit, extending)) {
      for (int piece = run.firstPiece(); piece < pieces.endPiece(); piece++) {
        if (digests.get(piece) != null) {
          continue;
        }
        int length = draft.layout().pieceLengthBytes(piece);
        buffer = buffer.capacity() >= length ? buffer.clear() : ByteBuffer.allocate(length);
        buffer.limit(length);
        pieces.read(piece, buffer);
        buffer.flip();
        PieceDigests hashed = draft.digest(piece, buffer);
        digests.set(piece, hashed);
        sink.onPieceHashed(piece, hashed, buffer);
      }
    }
  }

  private RunReader open(PieceRun run, ReadLimit limit, boolean extending) {
    RunReader opened = new RunReader(reader, files, crew, run.endPiece(), ReadReason.INGEST, limit);
    return extending ? opened.extendingWhereRangesAreIgnored() : opened;
  }
}
