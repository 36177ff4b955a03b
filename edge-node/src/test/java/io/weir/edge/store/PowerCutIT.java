package io.weir.edge.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import io.weir.edge.store.PieceStore.PutResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The power goes at random moments of a busy store: a process is stopped, its directory copied, and
 * the copy loses what a disk may lose. Harsher than a disk that keeps its word: logs lose also what
 * had been synced.
 */
final class PowerCutIT {
  private static final int ROUNDS = 24;
  private static final int STEPS_BETWEEN = 120;
  private static final int SECTOR_BYTES = 4096;

  @TempDir private Path directory;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Path live;
  private int found;
  private int lost;

  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void storeOpensWithRightBytesOrNoneAndGoesOn() throws Exception {
    live = directory.resolve("live");
    Process churn = start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(churn.getInputStream(), StandardCharsets.UTF_8))) {
      for (int round = 0; round < ROUNDS; round++) {
        int steps = 1 + random.nextInt(STEPS_BETWEEN);
        for (int step = 0; step < steps; step++) {
          assertNotNull(lines.readLine(), "the process lives, seed " + seed);
        }
        Path copy = directory.resolve("copy-" + round);
        signal(churn, "STOP");
        try {
          copyAfterPowerCut(copy);
        } finally {
          signal(churn, "CONT");
        }
        try {
          openTwice(copy, "seed " + seed + " round " + round);
        } finally {
          delete(copy);
        }
      }
    } finally {
      churn.destroyForcibly().waitFor();
    }
    assertEquals(0, meters.counter("weir.store.resets").count(), "seed " + seed);
    assertTrue(found > ROUNDS, found + " pieces found, seed " + seed);
    double counted =
        meters.get("weir.store.lost").counters().stream().mapToDouble(Counter::count).sum();
    assertEquals(lost, (int) counted, "seed " + seed);
  }

  private void openTwice(Path copy, String where) throws IOException {
    try (PieceStore store = open(copy)) {
      checkEach(store, where, false);
      for (int piece = 0; piece < PieceChurnProcess.PIECES_PER_CONTENT; piece++) {
        assertEquals(PutResult.STORED, PieceChurnProcess.put(store, "after", piece), where);
      }
    }
    try (PieceStore store = open(copy)) {
      long after = PieceChurnProcess.ordinalOf(store, "after");
      assertEquals(PieceChurnProcess.PIECES_PER_CONTENT, store.have(after).cardinality(), where);
      checkEach(store, where, true);
    }
  }

  /** Every have-bit leads to the right bytes, or, the first time, is gone. */
  private void checkEach(PieceStore store, String where, boolean again) {
    for (String content : contents(store)) {
      long ordinal = PieceChurnProcess.ordinalOf(store, content);
      for (int piece : store.have(ordinal).stream().toArray()) {
        String which = where + " " + content + " piece " + piece;
        byte[] right = PieceChurnProcess.bytesOf(content, piece);
        byte[] bytes = TestStore.get(store, ordinal, piece, right.length);
        assertTrue(bytes != null || !again, which);
        assertEquals(bytes != null, store.has(ordinal, piece), which);
        if (bytes == null) {
          lost++;
        } else {
          found++;
          assertArrayEquals(right, bytes, which);
        }
      }
    }
  }

  private static List<String> contents(PieceStore store) {
    return Stream.concat(
            Stream.of("after"),
            Stream.iterate(0, step -> step + 1).limit(20_000).map(step -> "content-" + step))
        .filter(content -> !store.ordinalsOf(content, 1).isEmpty())
        .toList();
  }

  private PieceStore open(Path copy) throws IOException {
    return TestStore.open(
        copy, PieceChurnProcess.CAPACITY_BYTES, PooledByteBufAllocator.DEFAULT, meters);
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            PieceChurnProcess.class.getName(),
            live.toString(),
            Long.toString(seed))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void signal(Process process, String signal) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, pid).start().waitFor());
  }

  private void copyAfterPowerCut(Path copy) throws IOException, RocksDBException {
    Files.createDirectory(copy);
    try (Stream<Path> files = Files.list(live)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Set<String> installed = installedTables(copy);
    int tables = 0;
    try (Stream<Path> files = Files.list(copy)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".log")) {
          loseTail(file);
        } else if (name.endsWith(".sst") && !installed.contains(name)) {
          truncate(file, random.nextInt((int) Files.size(file) + 1));
        } else if (name.endsWith(".sst")) {
          tables++;
        }
      }
    }
    assertEquals(installed.size(), tables, "every installed table is there, seed " + seed);
    copySegments(copy);
  }

  /** They are synced before the index names their bytes; one that is appended to may lose any. */
  private void copySegments(Path copy) throws IOException {
    Path to = Files.createDirectory(copy.resolve("segments"));
    try (Stream<Path> files = Files.list(live.resolve("segments"))) {
      for (Path file : files.sorted().toList()) {
        Path copied = Files.copy(file, to.resolve(file.getFileName()));
        if (random.nextInt(8) == 0) {
          loseTail(copied);
        }
      }
    }
  }

  /** Tables that the manifest names were synced before it did; others need not have been. */
  private Set<String> installedTables(Path copy) throws RocksDBException {
    RocksDB.loadLibrary();
    List<ColumnFamilyDescriptor> families =
        Stream.of("default", "head", "have")
            .map(name -> new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII)))
            .toList();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (RocksDB db = RocksDB.openReadOnly(copy.toString(), families, handles)) {
      for (LiveFileMetaData file : db.getLiveFilesMetaData()) {
        names.add(file.fileName().substring(1));
      }
      handles.forEach(ColumnFamilyHandle::close);
    }
    return names;
  }

  /** Nothing, the end, zeros instead of it, or what lay on the disk before. */
  private void loseTail(Path file) throws IOException {
    long lengthBytes = Files.size(file);
    if (lengthBytes == 0) {
      return;
    }
    long keptBytes =
        random.nextBoolean()
            ? random.nextLong(lengthBytes)
            : Math.max(0, lengthBytes - random.nextInt(20 * SECTOR_BYTES));
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> truncate(file, keptBytes);
      case 2 -> overwrite(file, keptBytes, new byte[(int) (lengthBytes - keptBytes)]);
      default -> {
        byte[] garbage = new byte[(int) (lengthBytes - keptBytes)];
        random.nextBytes(garbage);
        overwrite(file, keptBytes, garbage);
      }
    }
  }

  private static void truncate(Path file, long lengthBytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(lengthBytes);
    }
  }

  private static void overwrite(Path file, long from, byte[] bytes) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(from);
      open.write(bytes);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    assertFalse(Files.exists(directory));
  }
}
