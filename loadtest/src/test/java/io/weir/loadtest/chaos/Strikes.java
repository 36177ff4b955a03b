package io.weir.loadtest.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A round's kills: at random moments of random roles, alone or together, each started again after a
 * random while. The same seed makes the same strikes, though not at the same instruction.
 */
final class Strikes implements Runnable {
  private static final int MAX_STRIKES = 4;
  private static final int LONGEST_PEACE_MILLIS = 2_500;
  private static final int LONGEST_ABSENCE_MILLIS = 1_500;

  private record Strike(int afterMillis, List<Role> victims, int absentMillis) {
    @Override
    public String toString() {
      return "+" + afterMillis + " ms " + victims.stream().map(Role::name).toList();
    }
  }

  private final List<Strike> strikes = new ArrayList<>();

  Strikes(List<Role> roles, Random random) {
    int count = 1 + random.nextInt(MAX_STRIKES);
    for (int i = 0; i < count; i++) {
      List<Role> victims = new ArrayList<>(roles);
      Collections.shuffle(victims, random);
      int together = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(roles.size());
      strikes.add(
          new Strike(
              random.nextInt(LONGEST_PEACE_MILLIS),
              victims.subList(0, together),
              random.nextInt(LONGEST_ABSENCE_MILLIS)));
    }
  }

  /** Kills and starts again; every role has been started when it returns. */
  @Override
  public void run() {
    try {
      for (Strike strike : strikes) {
        TimeUnit.MILLISECONDS.sleep(strike.afterMillis());
        for (Role victim : strike.victims()) {
          victim.kill();
        }
        TimeUnit.MILLISECONDS.sleep(strike.absentMillis());
        for (Role victim : strike.victims()) {
          victim.start();
        }
      }
    } catch (Exception e) {
      throw new AssertionError("strike failed", e);
    }
  }

  @Override
  public String toString() {
    return strikes.toString();
  }
}
