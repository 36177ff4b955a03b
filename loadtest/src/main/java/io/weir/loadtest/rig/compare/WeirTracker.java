package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.tracker.EdgeTracker;
import io.weir.loadtest.rig.tracker.TrackerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An edge of ours that tracks as many swarms as the rows announce, and has none of their bytes. */
public final class WeirTracker implements Contender {
  @Override
  public String product() {
    return Row.OURS;
  }

  @Override
  public String variant() {
    return "tracker";
  }

  @Override
  public Set<Group> groups() {
    return Set.of(Group.TRACKER);
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public String version() {
    return Weir.ownVersion();
  }

  @Override
  public Contestant start(Bench bench) throws IOException {
    TrackerProcess tracker =
        EdgeTracker.start(
            bench.dirOf("weir-tracker"),
            TrackerWorkload.SWARMS,
            bench.cores().server(List.of()),
            List.of());
    Files.copy(tracker.infoHashes(), bench.infoHashes(), StandardCopyOption.REPLACE_EXISTING);
    URI http = Started.at("http", tracker.http());
    return new Started(
        tracker.pid(),
        tracker.command(),
        Map.of(
            Service.UDP_TRACKER, Started.at("udp", tracker.udp()),
            Service.HTTP_TRACKER, http,
            Service.KEPT_HTTP_TRACKER, http),
        tracker::close);
  }
}
