package io.weir.loadtest.rig.compare;

import io.weir.loadtest.rig.ResultLine;
import io.weir.loadtest.rig.compare.ComparisonResult.Participant;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts every contender that is there, and lets them have their turns, workload by workload. All
 * run throughout, and idle while it is another's turn. For one thread; closing ends them.
 */
public final class Comparison implements AutoCloseable {
  private final Bench bench;
  private final Effort effort;
  private final Generator generator;
  private final Consumer<String> progress;
  private final Map<Contender, Contestant> running =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, String> absent = new LinkedHashMap<>();

  /**
   * Starts nothing yet.
   *
   * @param generator runs the loads
   * @param progress told in a line what goes on
   */
  public Comparison(Bench bench, Effort effort, Generator generator, Consumer<String> progress) {
    this.bench = bench;
    this.effort = effort;
    this.generator = generator;
    this.progress = progress;
  }

  /**
   * Starts those that are there, and has each read all of the content, which is compared. One of
   * the others that cannot do that is left out.
   *
   * @throws IOException if ours cannot
   */
  public void start(List<Contender> contenders) throws IOException, InterruptedException {
    for (Contender contender : contenders) {
      Optional<String> missing = contender.missing();
      if (missing.isPresent()) {
        leaveOut(contender, missing.get());
        continue;
      }
      try {
        start(contender);
      } catch (IOException e) {
        if (contender.product().equals(Row.OURS)) {
          throw e;
        }
        leaveOut(contender, String.valueOf(e.getMessage()));
      }
    }
  }

  private void start(Contender contender) throws IOException, InterruptedException {
    progress.accept("starting " + name(contender));
    Contestant contestant = contender.start(bench);
    try {
      Optional<URI> url = contestant.address(Service.HTTP);
      if (url.isPresent()) {
        new WholeRead(url.get()).compare(bench.content());
      }
    } catch (IOException e) {
      contestant.close();
      throw e;
    }
    running.put(contender, contestant);
  }

  private void leaveOut(Contender contender, String why) {
    absent.put(name(contender), why);
    progress.accept(name(contender) + " takes no part: " + why);
  }

  /**
   * Measures.
   *
   * @param ownNamespace whether this runs in a network of its own
   * @throws IOException if a generator does not end with a result
   */
  public ComparisonResult run(List<Workload> workloads, boolean ownNamespace)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (Workload workload : workloads) {
      Row row = row(workload);
      if (!row.measurements().isEmpty()) {
        rows.add(row);
      }
    }
    List<Participant> participants = new ArrayList<>();
    for (Map.Entry<Contender, Contestant> entry : running.entrySet()) {
      participants.add(
          new Participant(
              name(entry.getKey()),
              entry.getKey().version(),
              String.join(" ", entry.getValue().command())));
    }
    return new ComparisonResult(
        Environment.of(bench.cores(), ownNamespace, effort), participants, absent, rows);
  }

  /** The first round warms compilers and caches, and is not kept. */
  private Row row(Workload workload) throws IOException, InterruptedException {
    Map<Contender, List<ResultLine>> results = new LinkedHashMap<>();
    for (int round = 0; round <= effort.rounds(); round++) {
      Effort turn = round == 0 ? workload.firstRound(effort) : effort;
      for (Map.Entry<Contender, Contestant> entry : running.entrySet()) {
        Contender contender = entry.getKey();
        Optional<List<String>> load = workload.generator(entry.getValue(), bench, turn);
        if (load.isEmpty()) {
          continue;
        }
        progress.accept(
            "%s: round %d of %d, %s"
                .formatted(workload.title(), round, effort.rounds(), name(contender)));
        ResultLine line = generator.run(load.get(), turn);
        if (round > 0) {
          results.computeIfAbsent(contender, unused -> new ArrayList<>()).add(line);
        }
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    results.forEach(
        (contender, lines) ->
            measurements.add(new Measurement(contender.product(), contender.variant(), lines)));
    return new Row(workload.title(), workload.metric(), measurements);
  }

  private static String name(Contender contender) {
    return new Measurement(contender.product(), contender.variant(), List.of()).name();
  }

  /** May be called by another thread, when the process ends. */
  @Override
  public void close() {
    synchronized (running) {
      running.values().forEach(Contestant::close);
      running.clear();
    }
  }
}
