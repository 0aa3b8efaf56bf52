package dev.watchpost.bench;

import dev.watchpost.TestDatabase;
import dev.watchpost.poll.PollReport;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;

/** Polls a url twice and says how fast, and with how much of its heap. */
public final class StreamingPoll {
  private StreamingPoll() {}

  public static void main(String[] arguments) throws Exception {
    URI url = URI.create(arguments[0]);
    long bytes = Long.parseLong(arguments[1]);
    String resource = "\"url\": \"%s\",".formatted(url.getPath());
    try (WatchpostRoute watchpost =
        new WatchpostRoute(
            url.resolve("/").toString().replaceAll("/$", ""),
            resource,
            TestDatabase.H2.freshUrl(),
            pool -> pool)) {
      poll(watchpost, url.getPath(), "first", bytes);
      poll(watchpost, url.getPath(), "second", bytes);
    }
    System.exit(0);
  }

  private static void poll(WatchpostRoute watchpost, String answer, String poll, long bytes) {
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    PollReport report = watchpost.poll();
    double seconds = (System.nanoTime() - start) / 1e9;
    long peak = pools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.printf(
        "| %s | %s | %,d | %.0f | %d MiB | %.0f s |%n",
        answer, poll, report.records(), bytes / 1e6 / seconds, peak >> 20, seconds);
  }

  private static java.util.stream.Stream<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }
}
