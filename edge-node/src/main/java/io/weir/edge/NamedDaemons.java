package io.weir.edge;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads named {@code name-1}, {@code name-2} and so on. */
final class NamedDaemons implements ThreadFactory {
  private final String name;
  private final AtomicInteger made = new AtomicInteger();

  NamedDaemons(String name) {
    this.name = name;
  }

  @Override
  public Thread newThread(Runnable body) {
    Thread thread = new Thread(body, name + '-' + made.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
