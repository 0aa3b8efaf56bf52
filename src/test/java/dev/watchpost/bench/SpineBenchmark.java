package dev.watchpost.bench;

import dev.watchpost.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Records a second of unchanged and of changed polls, for Watchpost and for the stock Camel route,
 * taking turns in one JVM on one source. Medians; the ratio is what counts.
 */
public final class SpineBenchmark {
  private static final int RECORDS = Integer.getInteger("bench.records", 100_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

  private SpineBenchmark() {}

  private interface Work {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    try (BenchSource source = new BenchSource();
        WatchpostRoute watchpost = new WatchpostRoute(source, TestDatabase.H2.freshUrl());
        StockRoute stock = new StockRoute(source, TestDatabase.H2.freshUrl())) {
      source.show(RECORDS, 0);
      List<Double> watchpostChanged = new ArrayList<>();
      List<Double> stockChanged = new ArrayList<>();
      List<Double> watchpostUnchanged = new ArrayList<>();
      List<Double> stockUnchanged = new ArrayList<>();
      boolean wantStock = !Boolean.getBoolean("bench.skipStock");
      for (int version = 0; version <= ROUNDS; version++) {
        source.show(RECORDS, version);
        watchpost.emptyOutbox();
        if (wantStock) add(stockChanged, version, stock::poll);
        add(watchpostChanged, version, () -> expect(RECORDS, changes(watchpost)));
        for (int i = 0; i < 3; i++) {
          if (wantStock) add(stockUnchanged, version, stock::poll);
          add(watchpostUnchanged, version, () -> expect(0, changes(watchpost)));
        }
      }
      System.out.println(
          "watchpost unchanged " + median(watchpostUnchanged) + " " + watchpostUnchanged);
      System.out.println("watchpost changed " + median(watchpostChanged) + " " + watchpostChanged);
      if (wantStock) {
        System.out.println("stock unchanged " + median(stockUnchanged) + " " + stockUnchanged);
        System.out.println("stock changed " + median(stockChanged) + " " + stockChanged);
        System.out.println("received " + source.received());
      }
    }
  }

  private static long changes(WatchpostRoute watchpost) {
    var report = watchpost.poll();
    return report.created() + report.updated();
  }

  private static void expect(long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException("expected %d, found %d".formatted(expected, found));
    }
  }

  private static void add(List<Double> rates, int version, Work work) throws Exception {
    var os =
        (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    long cpu = os.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double rate = RECORDS / ((System.nanoTime() - start) / 1e9);
    System.out.printf(
        "  %d %.0f/s cpu %.1f us%n", version, rate, (os.getProcessCpuTime() - cpu) / 1e3 / RECORDS);
    if (version > 0) {
      rates.add(rate);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
