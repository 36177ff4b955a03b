package io.weir.edge.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which file a piece is appended to. Small versions share one. A version that has more than a
 * quarter of a segment stored has a segment of its own from then on, so that its pieces lie as they
 * do in the content, and its disk space comes back when it is dropped; {@value #MAX_OWN} at a time,
 * the one left alone for longest being sealed for another, and only while there are not many more
 * files than there need be. Called only by whoever holds the store's write lock.
 */
final class OpenSegments {
  static final int MAX_OWN = 8;
  private static final Logger LOG = LoggerFactory.getLogger(OpenSegments.class);
  private static final long OWN_SHARE = 4;
  private static final long SPARE_FILES = 64;

  private final SegmentFolder folder;
  private final HaveMap haveMap;
  private final long segmentBytes;
  private final long manyFiles;
  private final LinkedHashMap<Long, OpenSegment> own = new LinkedHashMap<>(16, 0.75f, true);
  private final List<OpenSegment> sealed = new ArrayList<>();
  private @Nullable OpenSegment shared;
  private int nextNumber;

  /** Appends to files with numbers after this one only. */
  OpenSegments(SegmentFolder folder, HaveMap haveMap, long capacityBytes, int lastNumber) {
    this.folder = folder;
    this.haveMap = haveMap;
    this.segmentBytes = SegmentSize.of(capacityBytes);
    this.manyFiles = 2 * (capacityBytes / segmentBytes) + SPARE_FILES;
    this.nextNumber = lastNumber + 1;
  }

  /** The segment to append a piece of this length to. */
  OpenSegment forPiece(long ordinal, int lengthBytes) throws IOException {
    boolean isOwn =
        own.containsKey(ordinal)
            || (haveMap.storedBytes(ordinal) > segmentBytes / OWN_SHARE
                && haveMap.segments() < manyFiles);
    OpenSegment open = isOwn ? own.get(ordinal) : shared;
    if (open != null && open.endBytes() + lengthBytes > segmentBytes) {
      seal(open);
      open = null;
    }
    if (open == null) {
      open = isOwn ? createOwn(ordinal) : createShared();
    }
    return open;
  }

  private OpenSegment createOwn(long ordinal) throws IOException {
    if (own.size() == MAX_OWN) {
      seal(own.values().iterator().next());
    }
    OpenSegment created = create();
    own.put(ordinal, created);
    return created;
  }

  private OpenSegment createShared() throws IOException {
    OpenSegment created = create();
    shared = created;
    return created;
  }

  private OpenSegment create() throws IOException {
    int number = nextNumber++;
    SegmentFile file = folder.create(number);
    if (file == null) {
      throw new IOException("the store is closed");
    }
    haveMap.found(number, 0, true);
    return new OpenSegment(number, file, 0);
  }

  /** Goes on in a file that a process before this one began, and that is open in the map. */
  void resume(int number, long endBytes) throws IOException {
    SegmentFile file = folder.get(number);
    if (file != null) {
      shared = new OpenSegment(number, file, endBytes);
      shared.cut();
    }
  }

  private void seal(OpenSegment segment) {
    own.values().remove(segment);
    shared = segment.equals(shared) ? null : shared;
    sealed.add(segment);
  }

  /** What was appended so far counts, or never will: what is full may be given back from now on. */
  void settle() {
    sealWhere(segment -> segment.endBytes() >= segmentBytes);
    for (OpenSegment segment : sealed) {
      haveMap.sealed(segment.number());
      segment.close();
    }
    sealed.clear();
  }

  /** Appends nothing any more to a segment that could not be written, and frees its torn end. */
  void abandon(OpenSegment segment) {
    try {
      segment.cut();
    } catch (IOException e) {
      LOG.debug("torn end of a file of pieces stays until the file goes", e);
    }
    seal(segment);
  }

  /** Seals what belongs to versions that are no more, or holds nothing any more. */
  void sealAllBut(LongPredicate isHeld) {
    List<Long> gone = own.keySet().stream().filter(ordinal -> !isHeld.test(ordinal)).toList();
    gone.forEach(ordinal -> seal(Objects.requireNonNull(own.get(ordinal))));
    sealWhere(segment -> haveMap.isEmpty(segment.number()));
    settle();
  }

  private void sealWhere(Predicate<OpenSegment> condition) {
    List<OpenSegment> open = new ArrayList<>(own.values());
    if (shared != null) {
      open.add(shared);
    }
    open.stream().filter(condition).forEach(this::seal);
  }

  void close() {
    sealWhere(segment -> true);
    settle();
  }
}
