package io.weir.loadtest.rig.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import io.weir.loadtest.rig.http.HttpDemand;
import io.weir.loadtest.rig.http.Popularity;
import io.weir.protocol.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {
  @TempDir private Path folder;

  @Test
  void everyShippedScenarioCanBeRunAndSaysWhatItStandsFor() throws ConfigException {
    for (String name : Scenario.NAMES) {
      Scenario scenario = Scenario.load(name);
      assertFalse(scenario.description().isBlank(), name);
      assertFalse(scenario.phases().isEmpty(), name);
    }
  }

  @Test
  void everyKeyHasEffect() throws Exception {
    Phase phase =
        phase(
            "duration: 90s",
            "connections: 7",
            "ramp: 3s",
            "rate: 12.5",
            "range: 64KiB",
            "spread: sequential",
            "popularity: in-turn",
            "slow-readers: 5",
            "slow-rate: 2KiB");
    assertEquals("a", phase.name());
    assertEquals(Duration.ofSeconds(90), phase.duration());
    assertEquals(
        new HttpDemand(
            7,
            Duration.ofSeconds(3),
            65_536,
            Spread.SEQUENTIAL,
            Popularity.IN_TURN,
            new Pace.Open(12.5),
            5,
            2_048),
        phase.demand());
  }

  @Test
  void whatIsLeftOutIsAsDocumented() throws Exception {
    assertEquals(
        new HttpDemand(
            1,
            Duration.ZERO,
            1 << 20,
            Spread.UNIFORM,
            Popularity.ZIPF,
            new Pace.Closed(),
            0,
            10 * 1024),
        phase("duration: 1s", "connections: 1").demand());
  }

  @Test
  void anUnknownKeyNamesItsLineAndTheNearest() {
    assertEquals(
        "scenario.yaml:5: unknown key 'conections' in phases[0]; did you mean 'connections'?",
        refusal("duration: 1s", "conections: 1"));
  }

  @Test
  void whatCannotBeUsedNamesItsKey() {
    assertContains(refusal("connections: 1"), "duration");
    assertContains(refusal("duration: 1s"), "connections: must be 1 to");
    assertContains(refusal("duration: 1s", "connections: 1", "ramp: 2s"), "ramp");
    assertContains(refusal("duration: 1s", "connections: 1", "rate: -1"), "rate");
    assertContains(refusal("duration: 1s", "connections: 1", "range: 3GiB"), "range");
    assertContains(refusal("duration: 1s", "connections: 1", "spread: random"), "spread");
    assertContains(
        refusal("duration: 1s", "connections: 1", "slow-readers: 1", "slow-rate: 1B"), "slow-rate");
  }

  @Test
  void aScenarioHasPhases() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "description: nothing\n");
    ConfigException refused =
        assertThrows(ConfigException.class, () -> Scenario.load(empty.toString()));
    assertContains(refused.getMessage(), "phases");
  }

  @Test
  void aNameThatIsNoFileIsToldAsOne() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> Scenario.load("flash-flood"));
    assertEquals("flash-flood: does not exist", refused.getMessage());
  }

  private Phase phase(String... keys) throws IOException, ConfigException {
    StringBuilder text = new StringBuilder("description: a test\nphases:\n  - name: a\n");
    for (String key : keys) {
      text.append("    ").append(key).append('\n');
    }
    Path file = Files.writeString(folder.resolve("scenario.yaml"), text);
    return Scenario.load(file.toString()).phases().get(0);
  }

  private String refusal(String... keys) {
    ConfigException refused = assertThrows(ConfigException.class, () -> phase(keys));
    return refused.getMessage().replace(folder + "/", "");
  }

  private static void assertContains(String text, String part) {
    assertTrue(text.contains(part), text);
  }
}
