package dev.watchpost.bench;

import java.lang.management.ManagementFactory;

/** {@code mvn -Pbench verify -DskipTests}: all of them, with what they ran on. */
public final class Benchmarks {
  private Benchmarks() {}

  /** Exits with 1 where one of them cannot run; the numbers themselves never fail. */
  public static void main(String[] arguments) throws Exception {
    System.out.printf(
        "%d cores, JDK %s, heap %d MiB%n%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax() >> 20);
    SpineBenchmark.run();
    DeliveryBenchmark.run();
    StreamingBenchmark.run();
    System.exit(0);
  }
}
