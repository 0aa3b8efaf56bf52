package dev.watchpost.callback;

import java.time.Duration;
import java.time.Instant;

/**
 * How often in a row an endpoint gave no answer, and until when it is left alone: from its third
 * silence on, 5 s that double to a minute. Immutable.
 */
record Silence(int times, Instant until) {
  private static final int FREE = 2;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final int DOUBLINGS = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  static Silence first(Instant now) {
    return new Silence(1, now);
  }

  Silence again(Instant now) {
    return new Silence(times + 1, now.plus(pause(times + 1)));
  }

  private static Duration pause(int times) {
    if (times <= FREE) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(DOUBLINGS, times - FREE - 1));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
