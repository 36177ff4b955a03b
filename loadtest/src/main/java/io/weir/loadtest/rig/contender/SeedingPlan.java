package io.weir.loadtest.rig.contender;

import io.weir.protocol.config.ListenAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * What a contender seeds.
 *
 * @param torrent the .torrent
 * @param folder where its file or its directory lies, complete
 * @param scratch an empty directory for the contender's own files
 * @param listen the peer port, not 0
 * @param prefix put before the contender's command, as {@code taskset -c 0}; must become it by
 *     exec, so that the pid is the contender's
 */
public record SeedingPlan(
    Path torrent, Path folder, Path scratch, ListenAddress listen, List<String> prefix) {
  /** Copies the list, and makes paths absolute. */
  public SeedingPlan {
    torrent = torrent.toAbsolutePath();
    folder = folder.toAbsolutePath();
    scratch = scratch.toAbsolutePath();
    prefix = List.copyOf(prefix);
  }
}
