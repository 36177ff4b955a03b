package io.weir.origin.ingest;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.content.Crew;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.ReadLimit;
import io.weir.protocol.control.OriginLocation;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** Asks an origin which objects it has now, many at a time. Any thread. */
final class OriginProbe {
  static final int PROBES_AT_ONCE = 16;

  private final OriginReader reader;
  private final Crew crew;

  OriginProbe(OriginReader reader, Crew crew) {
    this.reader = reader;
    this.crew = crew;
  }

  /**
   * The objects of these files, in their order.
   *
   * @param paths below the torrent's name
   * @throws OriginException naming the first file found that cannot be read
   */
  List<OriginObject> objects(OriginLocation origin, List<List<String>> paths, ReadLimit limit)
      throws OriginException {
    AtomicReferenceArray<OriginObject> found = new AtomicReferenceArray<>(paths.size());
    crew.run(
        paths.size(),
        PROBES_AT_ONCE,
        limit,
        (index, stepLimit) -> {
          List<String> path = paths.get(index);
          try {
            found.set(index, reader.probe(ContentFiles.url(origin, path), stepLimit));
          } catch (OriginException e) {
            throw ContentFiles.naming(origin, path, e);
          }
        });
    return IntStream.range(0, paths.size()).mapToObj(found::get).toList();
  }
}
