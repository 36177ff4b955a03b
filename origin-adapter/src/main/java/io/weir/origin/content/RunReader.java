package io.weir.origin.content;

import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.ByteRange;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.RangeStream;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.metainfo.FileLayout;
import io.weir.protocol.metainfo.FileSlice;
import io.weir.protocol.metainfo.TorrentFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads pieces that follow each other, each byte once. A file that goes on from piece to piece is
 * one request to its origin; files that lie within a piece are one each, a few at a time; padding
 * is zeros that nobody is asked for. One thread; closed by whoever made it.
 */
public final class RunReader implements AutoCloseable {
  /** Requests at once for the small files of one piece. */
  static final int SMALL_FILES_AT_ONCE = 16;

  private record Place(FileSlice slice, ByteBuffer bytes) {}

  private final OriginReader reader;
  private final ContentFiles files;
  private final Crew crew;
  private final ReadReason reason;
  private final ReadLimit limit;
  private long endBytes;
  private boolean mayExtend;
  private @Nullable RangeStream open;
  private int openFile;
  private long openPosition;

  /**
   * A run of pieces.
   *
   * @param endPiece the piece after the last that will be read
   */
  public RunReader(
      OriginReader reader,
      ContentFiles files,
      Crew crew,
      int endPiece,
      ReadReason reason,
      ReadLimit limit) {
    this.reader = reader;
    this.files = files;
    this.crew = crew;
    this.reason = reason;
    this.limit = limit;
    FileLayout layout = files.layout();
    this.endBytes = Math.min(layout.totalLengthBytes(), startOf(endPiece));
  }

  /**
   * Lets the run go on to the content's end if it finds an origin that ignores ranges: there the
   * answer that is open already has all that further runs would ask for again.
   */
  public RunReader extendingWhereRangesAreIgnored() {
    mayExtend = true;
    return this;
  }

  /** The piece after the last of this run, which may have been extended. */
  public int endPiece() {
    int pieceLength = files.layout().pieceLengthBytes();
    return (int) ((endBytes + pieceLength - 1) / pieceLength);
  }

  private long startOf(int piece) {
    return (long) piece * files.layout().pieceLengthBytes();
  }

  /**
   * Fills the buffer, which is backed by an array and has exactly the piece's length remaining;
   * borrows it for the call.
   */
  public void read(int piece, ByteBuffer target) throws OriginException {
    List<Place> small = new ArrayList<>();
    int at = target.position();
    for (FileSlice slice : files.layout().slices(piece)) {
      ByteBuffer bytes = target.slice(at, slice.lengthBytes());
      at += slice.lengthBytes();
      if (slice.file().padding()) {
        int from = bytes.arrayOffset();
        Arrays.fill(bytes.array(), from, from + bytes.capacity(), (byte) 0);
      } else if (slice.lengthBytes() == slice.file().lengthBytes()) {
        small.add(new Place(slice, bytes));
      } else {
        readOn(slice, bytes);
      }
    }
    crew.run(
        small.size(),
        SMALL_FILES_AT_ONCE,
        limit,
        (index, stepLimit) -> readWhole(small.get(index), stepLimit));
    target.position(at);
  }

  private void readWhole(Place place, ReadLimit stepLimit) throws OriginException {
    TorrentFile file = place.slice().file();
    try (RangeStream stream = stream(file, new ByteRange(0, file.lengthBytes()), stepLimit)) {
      stream.readFully(place.bytes());
    } catch (OriginException e) {
      throw files.naming(file, e);
    }
  }

  private void readOn(FileSlice slice, ByteBuffer bytes) throws OriginException {
    TorrentFile file = slice.file();
    try {
      RangeStream stream = open;
      if (stream == null || openFile != file.index() || openPosition != slice.offsetBytes()) {
        close();
        stream = openFrom(file, slice.offsetBytes());
      }
      stream.readFully(bytes);
      openPosition += slice.lengthBytes();
    } catch (OriginException e) {
      throw files.naming(file, e);
    }
  }

  private RangeStream openFrom(TorrentFile file, long offset) throws OriginException {
    long end = Math.min(file.endBytes(), endBytes) - file.offsetBytes();
    RangeStream stream = stream(file, new ByteRange(offset, end), limit);
    open = stream;
    openFile = file.index();
    openPosition = offset;
    if (mayExtend && end < file.lengthBytes() && stream.rangesIgnored()) {
      stream.extendTo(file.lengthBytes());
      endBytes = files.layout().totalLengthBytes();
    }
    return stream;
  }

  private RangeStream stream(TorrentFile file, ByteRange range, ReadLimit streamLimit) {
    return reader.read(files.url(file), files.object(file), range, reason, streamLimit);
  }

  @Override
  public void close() {
    RangeStream stream = open;
    open = null;
    if (stream != null) {
      stream.close();
    }
  }
}
