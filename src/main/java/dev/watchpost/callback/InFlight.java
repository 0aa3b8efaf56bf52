package dev.watchpost.callback;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongToIntFunction;

/**
 * What this process is sending right now: at most 64 at once, at most 4 of an instance. An endpoint
 * that has not answered yet, or was silent or slow the last time, gets one at a time, and all of
 * those share half of the places: however many they are, they delay none that answers promptly.
 * From its third silence in a row an endpoint gets a pause that grows to a minute. The pause is not
 * a try. Thread-safe.
 */
final class InFlight {
  static final int TOTAL = 64;
  static final int OF_INSTANCE = 4;
  static final int OF_DOUBTFUL = TOTAL / 2;
  private static final Duration PROMPT = Duration.ofSeconds(2);
  private static final int FREE_SILENCES = 2;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final int DOUBLINGS = 4;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Map<Long, Integer> sending = new HashMap<>();
  private final Map<Long, Silence> silences = new HashMap<>();
  private final Set<Long> prompt = new HashSet<>();
  private int total;

  /** How often in a row an endpoint gave no answer, and until when it is left alone. */
  private record Silence(int times, Instant until) {}

  synchronized int room() {
    return TOTAL - total;
  }

  /** Instance -> places it may take, each asked once in one claim. */
  LongToIntFunction places(Instant now) {
    return new Places(now);
  }

  /** Those of one claim; what it may take of the doubtful's share is taken off it at once. */
  private final class Places implements LongToIntFunction {
    private final Instant now;
    private int ofDoubtful;

    Places(Instant now) {
      this.now = now;
      this.ofDoubtful = OF_DOUBTFUL - doubtful();
    }

    @Override
    public int applyAsInt(long instance) {
      synchronized (InFlight.this) {
        if (prompt.contains(instance)) {
          return Math.max(0, OF_INSTANCE - sending.getOrDefault(instance, 0));
        }
        Silence silence = silences.get(instance);
        boolean paused = silence != null && now.isBefore(silence.until());
        if (paused || sending.containsKey(instance) || ofDoubtful <= 0) {
          return 0;
        }
        ofDoubtful--;
        return 1;
      }
    }
  }

  private synchronized int doubtful() {
    return sending.entrySet().stream()
        .filter(entry -> !prompt.contains(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  synchronized void enter(long instance) {
    total++;
    sending.merge(instance, 1, Integer::sum);
  }

  synchronized void leave(long instance) {
    total--;
    sending.computeIfPresent(instance, (id, count) -> count == 1 ? null : count - 1);
  }

  synchronized void answered(long instance, Duration took) {
    silences.remove(instance);
    if (took.compareTo(PROMPT) < 0) {
      prompt.add(instance);
    } else {
      prompt.remove(instance);
    }
  }

  synchronized void silent(long instance, Instant now) {
    prompt.remove(instance);
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
