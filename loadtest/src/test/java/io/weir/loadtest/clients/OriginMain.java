package io.weir.loadtest.clients;

import io.weir.loadtest.origin.PlainOrigin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A plain origin as a process: {@code HOST PATH DELAY-MILLIS}; prints its URL, ends by a signal.
 */
final class OriginMain {
  public static void main(String[] args) throws Exception {
    Duration delay = Duration.ofMillis(Long.parseLong(args[2]));
    try (PlainOrigin origin = PlainOrigin.start(args[0], Path.of(args[1]), delay)) {
      System.out.println(origin.url());
      new CountDownLatch(1).await();
    }
  }

  private OriginMain() {}
}
