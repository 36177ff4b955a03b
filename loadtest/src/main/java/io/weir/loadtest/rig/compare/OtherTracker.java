package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.tracker.InfoHashFile;
import io.weir.loadtest.rig.tracker.OpenTracker;
import io.weir.loadtest.rig.tracker.TrackerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** opentracker, for the same swarms as ours. It keeps no connection alive. */
public final class OtherTracker implements Contender {
  private static final String PROGRAM = "opentracker";

  @Override
  public String product() {
    return PROGRAM;
  }

  @Override
  public String variant() {
    return "";
  }

  @Override
  public Set<Group> groups() {
    return Set.of(Group.TRACKER);
  }

  @Override
  public Optional<String> missing() {
    return OpenTracker.isInstalled()
        ? Optional.empty()
        : Optional.of(PROGRAM + " is not installed");
  }

  /** It tells the CVS revision of each of its files, and no more. */
  @Override
  public String version() {
    return "as installed";
  }

  @Override
  public Contestant start(Bench bench) throws IOException {
    if (!Files.exists(bench.infoHashes())) {
      throw new IOException("nobody has said which swarms there are");
    }
    // It gives up root before it reads its whitelist, and must get there as nobody.
    Files.setPosixFilePermissions(bench.dir(), PosixFilePermissions.fromString("rwx--x--x"));
    TrackerProcess tracker =
        OpenTracker.start(
            bench.dirOf(PROGRAM),
            InfoHashFile.read(bench.infoHashes()),
            bench.cores().server(List.of()));
    return new Started(
        tracker.pid(),
        tracker.command(),
        Map.of(
            Service.UDP_TRACKER, Started.at("udp", tracker.udp()),
            Service.HTTP_TRACKER, Started.at("http", tracker.http())),
        tracker::close);
  }
}
