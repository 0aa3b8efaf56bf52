package dev.watchpost.callback;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process is sending right now: at most 32 at once, at most 4 of an instance. An endpoint
 * that does not answer gets one at a time, and from its third silence in a row a pause that grows
 * to a minute, so that many dead endpoints with long queues do not take the places of the living.
 * The pause is not a try. Thread-safe.
 */
final class InFlight {
  static final int TOTAL = 32;
  static final int OF_INSTANCE = 4;
  private static final int FREE_SILENCES = 2;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final int DOUBLINGS = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Map<Long, Integer> sending = new HashMap<>();
  private final Map<Long, Silence> silences = new HashMap<>();
  private int total;

  /** How often in a row an endpoint gave no answer, and until when it is left alone. */
  private record Silence(int times, Instant until) {}

  synchronized int room() {
    return TOTAL - total;
  }

  synchronized int room(long instance, Instant now) {
    Silence silence = silences.get(instance);
    if (silence != null && now.isBefore(silence.until())) {
      return 0;
    }
    int allowed = silence == null ? OF_INSTANCE : 1;
    return Math.max(0, allowed - sending.getOrDefault(instance, 0));
  }

  synchronized void enter(long instance) {
    total++;
    sending.merge(instance, 1, Integer::sum);
  }

  synchronized void leave(long instance) {
    total--;
    sending.computeIfPresent(instance, (id, count) -> count == 1 ? null : count - 1);
  }

  synchronized void answered(long instance) {
    silences.remove(instance);
  }

  synchronized void silent(long instance, Instant now) {
    Silence last = silences.get(instance);
    int times = last == null ? 1 : last.times() + 1;
    silences.put(instance, new Silence(times, now.plus(pause(times))));
  }

  private static Duration pause(int times) {
    if (times <= FREE_SILENCES) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(DOUBLINGS, times - FREE_SILENCES - 1));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
