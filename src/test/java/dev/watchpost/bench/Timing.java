package dev.watchpost.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How long something takes, in time and in processor time of the whole JVM; medians of rounds. */
final class Timing {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final List<Double> rates = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();

  /** Some work that can be repeated. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * @param counts false while it warms up
   */
  void time(boolean counts, int records, Work work) throws Exception {
    long cpuBefore = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (counts) {
      rates.add(records / seconds);
      cpu.add((SYSTEM.getProcessCpuTime() - cpuBefore) / 1e3 / records);
    }
  }

  /** Records a second. */
  double rate() {
    return median(rates);
  }

  /** Microseconds of processor time a record, the source's and the receiver's included. */
  double cpu() {
    return median(cpu);
  }

  String range() {
    return "%,.0f-%,.0f"
        .formatted(
            rates.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
            rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
