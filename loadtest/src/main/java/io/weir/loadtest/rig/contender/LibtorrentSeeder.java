package io.weir.loadtest.rig.contender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** libtorrent by its Python binding, with its own settings for seeding at high performance. */
public final class LibtorrentSeeder {
  /** Debian's interpreter, for which Debian packages libtorrent's binding. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String SCRIPT = "seed.py";

  /**
   * Starts it and waits until it seeds; the caller closes it.
   *
   * @throws IOException if it is not installed or does not seed in time
   */
  public static Seeder start(SeedingPlan plan) throws IOException, InterruptedException {
    Path script = plan.scratch().resolve(SCRIPT);
    try (InputStream in = LibtorrentSeeder.class.getResourceAsStream(SCRIPT)) {
      Files.copy(Objects.requireNonNull(in, SCRIPT), script);
    }
    return Seeder.start(
        plan,
        List.of(
            PYTHON,
            script.toString(),
            plan.torrent().toString(),
            plan.folder().toString(),
            plan.listen().host(),
            Integer.toString(plan.listen().port())));
  }

  private LibtorrentSeeder() {}
}
