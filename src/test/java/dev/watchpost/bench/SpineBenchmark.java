package dev.watchpost.bench;

import dev.watchpost.TestDatabase;
import dev.watchpost.poll.PollReport;

/**
 * Polls of 100,000 records, in pages of 500, by Watchpost and by the stock Camel route: taking
 * turns in one JVM, on one source, each on an H2 file of its own. Of changed records the stock
 * route POSTs each; Watchpost enters each in its outbox.
 */
final class SpineBenchmark {
  private static final int RECORDS = Integer.getInteger("bench.records", 100_000);
  private static final int WARM_UP = Integer.getInteger("bench.warmUp", 2);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int UNCHANGED_A_ROUND = 3;

  private final BenchSource source;
  private final WatchpostRoute watchpost;
  private final StockRoute stock;
  private final Timing unchanged = new Timing();
  private final Timing restarted = new Timing();
  private final Timing changed = new Timing();
  private final Timing stockUnchanged = new Timing();
  private final Timing stockChanged = new Timing();

  private SpineBenchmark(BenchSource source, WatchpostRoute watchpost, StockRoute stock) {
    this.source = source;
    this.watchpost = watchpost;
    this.stock = stock;
  }

  static void run() throws Exception {
    try (BenchSource source = new BenchSource();
        WatchpostRoute watchpost = new WatchpostRoute(source, TestDatabase.H2.freshUrl());
        StockRoute stock = new StockRoute(source, TestDatabase.H2.freshUrl())) {
      SpineBenchmark benchmark = new SpineBenchmark(source, watchpost, stock);
      for (int version = 0; version < WARM_UP + ROUNDS; version++) {
        benchmark.round(version, version >= WARM_UP);
      }
      benchmark.print();
    }
  }

  private void round(int version, boolean counts) throws Exception {
    source.show(RECORDS, version);
    watchpost.emptyOutbox();
    stockChanged.time(counts, RECORDS, () -> stock(RECORDS));
    changed.time(counts, RECORDS, () -> watchpost(RECORDS));
    watchpost.forgetWhatIsKnown();
    restarted.time(counts, RECORDS, () -> watchpost(0));
    for (int i = 0; i < UNCHANGED_A_ROUND; i++) {
      stockUnchanged.time(counts, RECORDS, () -> stock(0));
      unchanged.time(counts, RECORDS, () -> watchpost(0));
    }
  }

  private void watchpost(long changes) {
    PollReport report = watchpost.poll();
    expect("records", RECORDS, report.records());
    expect("events", changes, report.created() + report.updated());
  }

  private void stock(long changes) {
    long before = source.received();
    stock.poll();
    expect("POSTs", changes, source.received() - before);
  }

  private static void expect(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException("expected %d %s, found %d".formatted(expected, what, found));
    }
  }

  private void print() {
    System.out.printf(
        "Polls of %,d records of %d bytes, medians of %d rounds (records/s; the whole JVM's processor time a record)%n%n",
        RECORDS, source.bytes() / RECORDS, ROUNDS);
    System.out.println("| poll | Watchpost | stock Camel | ratio | ratio of processor time |");
    System.out.println("|---|---|---|---|---|");
    row("unchanged", unchanged, stockUnchanged);
    row("unchanged, the first after a restart", restarted, stockUnchanged);
    row("changed", changed, stockChanged);
    System.out.printf(
        "%nranges: unchanged %s, stock %s; after a restart %s; changed %s, stock %s%n%n",
        unchanged.range(),
        stockUnchanged.range(),
        restarted.range(),
        changed.range(),
        stockChanged.range());
  }

  private static void row(String poll, Timing ours, Timing stock) {
    System.out.printf(
        "| %s | %,.0f (%.1f µs) | %,.0f (%.1f µs) | %.1f | %.1f |%n",
        poll,
        ours.rate(),
        ours.cpu(),
        stock.rate(),
        stock.cpu(),
        ours.rate() / stock.rate(),
        stock.cpu() / ours.cpu());
  }
}
