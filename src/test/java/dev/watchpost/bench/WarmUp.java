package dev.watchpost.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Rounds that do not count: until the JVM has compiled what runs. On two cores its compiler takes a
 * quarter of all processor time for most of a minute, and would be counted with what runs then.
 */
final class WarmUp {
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
  private static final double COMPILED = 0.05;

  private final int least;
  private final int most;
  private int rounds;
  private boolean over;
  private long began = System.nanoTime();
  private long compiled = COMPILER.getTotalCompilationTime();

  WarmUp(int least, int most) {
    this.least = least;
    this.most = most;
  }

  /**
   * Asked before each round. Once it is over it stays so: after {@code least} rounds the first time
   * that less than a twentieth of a round was spent compiling, or after {@code most}.
   */
  boolean over() {
    long now = System.nanoTime();
    long compiledNow = COMPILER.getTotalCompilationTime();
    double share = (compiledNow - compiled) * 1e6 / (now - began);
    over |= rounds >= most || rounds >= least && share < COMPILED;
    rounds++;
    began = now;
    compiled = compiledNow;
    return over;
  }
}
