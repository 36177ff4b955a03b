package io.weir.loadtest;

import io.weir.loadtest.rig.ResultLine;
import io.weir.loadtest.rig.http.HttpLoad;
import io.weir.loadtest.rig.http.HttpLoadPlan;
import io.weir.loadtest.rig.scenario.Phase;
import io.weir.loadtest.rig.scenario.Scenario;
import io.weir.protocol.config.ConfigException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir loadtest scenario}: a load that changes while it lasts. */
@Command(
    name = "scenario",
    description = {
      "Runs the phases of a scenario one after the other and prints each one's result.",
      "Scenarios: flash-crowd, zipf-catalogue, cold-catalogue, long-slow-tail, fill-storm, or a file"
          + " like theirs."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every answer was right and every rate was met",
      "1:something of that was not so",
      "2:wrong usage, or a scenario that cannot be used"
    })
final class ScenarioCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME|FILE", description = "The scenario.")
  private String scenario = "";

  @Mixin private HttpTargetOptions target;

  @Option(names = "--json", description = "One line of JSON on stdout for each phase.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try {
      List<URI> urls = target.urls(List.of(), spec.commandLine());
      Scenario load = Scenario.load(scenario);
      System.err.println(load.description());
      boolean right = true;
      for (Phase phase : load.phases()) {
        right &= run(phase, plan(phase, urls));
      }
      return right ? 0 : 1;
    } catch (ConfigException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      System.err.println("weir loadtest scenario: " + e.getMessage());
      return 1;
    }
  }

  private HttpLoadPlan plan(Phase phase, List<URI> urls) {
    return new HttpLoadPlan(
        urls,
        phase.demand(),
        Duration.ZERO,
        phase.duration(),
        null,
        new HttpLoadPlan.Tls(target.insecure(), false),
        target.pid(),
        target.seed());
  }

  private boolean run(Phase phase, HttpLoadPlan plan) throws IOException, InterruptedException {
    System.err.println("weir loadtest scenario: " + phase.name() + ", " + phase.duration());
    ResultLine line = ResultLine.of(new HttpLoad(plan).run());
    System.out.println(json ? line.toJson() : "# " + phase.name() + "\n" + line.toText() + "\n");
    line.faults()
        .forEach(
            fault -> System.err.println("weir loadtest scenario: " + phase.name() + ": " + fault));
    return line.faults().isEmpty();
  }
}
