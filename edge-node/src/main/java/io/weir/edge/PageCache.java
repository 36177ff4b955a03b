package io.weir.edge;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the kernel can be taken to keep of the store's files in memory: half of what this process
 * leaves of the machine, or of its container. A guess: the other half is everyone else's.
 */
final class PageCache {
  private PageCache() {}

  /** In bytes, beside a hot tier of this size and the largest heap. */
  static long bytes(long hotTierBytes) {
    long totalBytes =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return Math.max(0, totalBytes - hotTierBytes - Runtime.getRuntime().maxMemory()) / 2;
  }
}
