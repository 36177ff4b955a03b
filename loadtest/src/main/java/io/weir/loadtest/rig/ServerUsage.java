package io.weir.loadtest.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a server process and its descendants have spent so far, as Linux counts it ({@code
 * proc(5)}).
 *
 * @param cpuSeconds user and system time; of a child that has ended what its parent has waited for
 * @param residentBytes resident set now, shared pages counted for each process
 */
public record ServerUsage(double cpuSeconds, long residentBytes) {
  /** User-visible clock ticks a second: 100 on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  /** Fields of {@code stat} after the command's closing parenthesis, counted from 0. */
  private static final int PARENT = 1;

  private static final int FIRST_TIME = 11;
  private static final int TIMES = 4;

  /**
   * Samples a process now.
   *
   * @throws IOException if there is no such process
   */
  public static ServerUsage of(long pid) throws IOException {
    Map<Long, String[]> stats = stats();
    if (!stats.containsKey(pid)) {
      throw new IOException("no process " + pid);
    }
    double ticks = 0;
    long resident = 0;
    for (Map.Entry<Long, String[]> process : stats.entrySet()) {
      long member = process.getKey();
      if (descends(member, pid, stats)) {
        ticks += ticks(process.getValue(), member == pid);
        resident += residentBytes(member);
      }
    }
    return new ServerUsage(ticks / TICKS_PER_SECOND, resident);
  }

  private static Map<Long, String[]> stats() throws IOException {
    Map<Long, String[]> stats = new HashMap<>();
    try (Stream<Path> entries = Files.list(PROC)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        OptionalLong pid = pid(entry.getFileName().toString());
        if (pid.isPresent()) {
          try {
            String stat = Files.readString(entry.resolve("stat"));
            stats.put(pid.getAsLong(), stat.substring(stat.lastIndexOf(')') + 2).split(" "));
          } catch (IOException e) {
            // It has ended between the listing and the read.
          }
        }
      }
    }
    return stats;
  }

  private static OptionalLong pid(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9')
        ? OptionalLong.of(Long.parseLong(name))
        : OptionalLong.empty();
  }

  private static boolean descends(long member, long ancestor, Map<Long, String[]> stats) {
    long at = member;
    while (at != ancestor) {
      String[] stat = stats.get(at);
      if (stat == null) {
        return false;
      }
      at = Long.parseLong(stat[PARENT]);
    }
    return true;
  }

  /** The root's count of ended children is included; a child's own are its parent's to count. */
  private static long ticks(String[] stat, boolean root) {
    long ticks = 0;
    for (int field = 0; field < (root ? TIMES : TIMES / 2); field++) {
      ticks += Long.parseLong(stat[FIRST_TIME + field]);
    }
    return ticks;
  }

  private static long residentBytes(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** What was spent since an earlier sample: its CPU time, today's memory. */
  public ServerUsage since(ServerUsage earlier) {
    return new ServerUsage(cpuSeconds - earlier.cpuSeconds, residentBytes);
  }
}
