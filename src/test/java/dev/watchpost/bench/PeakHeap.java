package dev.watchpost.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The most heap in use, garbage included, looked at every 20 ms. */
final class PeakHeap implements AutoCloseable {
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private volatile long peak;

  PeakHeap() {
    looks.scheduleAtFixedRate(this::look, 0, 20, TimeUnit.MILLISECONDS);
  }

  private void look() {
    peak = Math.max(peak, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  /** In bytes. */
  long peak() {
    return peak;
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
