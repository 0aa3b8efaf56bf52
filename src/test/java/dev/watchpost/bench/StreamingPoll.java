package dev.watchpost.bench;

import dev.watchpost.TestDatabase;
import dev.watchpost.poll.PollReport;
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
    try (PeakHeap heap = new PeakHeap()) {
      long start = System.nanoTime();
      PollReport report = watchpost.poll();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "| %s | %s | %,d | %.0f | %d MiB | %.0f s |%n",
          answer, poll, report.records(), bytes / 1e6 / seconds, heap.peak() >> 20, seconds);
    }
  }
}
