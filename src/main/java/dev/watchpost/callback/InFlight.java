package dev.watchpost.callback;

import dev.watchpost.outbox.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;

/**
 * What this process has claimed: what it is sending, at most 64 at once, at most 4 of an instance,
 * and what of prompt endpoints waits to be sent next, so that one claim serves many notifications.
 *
 * <p>An endpoint that has not answered yet, or was silent or slow the last time, gets one at a
 * time, and all of those share half of the places: however many they are, they delay none that
 * answers promptly. From its third silence in a row an endpoint gets a pause that grows to a
 * minute. The pause is not a try. Nothing is claimed while all places are taken, so that instances
 * take turns. Thread-safe.
 */
final class InFlight {
  static final int TOTAL = 64;
  static final int OF_INSTANCE = 4;
  static final int OF_DOUBTFUL = TOTAL / 2;
  private static final int WAITING = 1024;
  private static final int WAITING_OF_INSTANCE = 64;
  private static final int REFILLED_AT = 16;
  private static final long WAITING_BYTES = 32L << 20;
  private static final long WAITING_BYTES_OF_INSTANCE = 1L << 20;
  private static final Duration PROMPT = Duration.ofSeconds(2);

  /** What has waited so long since it was claimed is not sent: the claim could lapse meanwhile. */
  private static final Duration STALE = Duration.ofSeconds(20);

  private final Map<Long, Lane> lanes = new HashMap<>();
  private final Map<Long, Silence> silences = new HashMap<>();

  /** Instances that answered promptly -> bytes of their notifications. */
  private final Map<Long, Long> prompt = new HashMap<>();

  private int sending;
  private int waiting;
  private long waitingBytes;

  /** One instance's. */
  private static final class Lane {
    private final Deque<Claimed> waiting = new ArrayDeque<>();
    private Instant claimedAt;
    private int sending;
  }

  /** How many notifications may be claimed; none while all places are taken. */
  synchronized int room() {
    return sending == TOTAL ? 0 : TOTAL - sending + WAITING - waiting;
  }

  synchronized boolean busy() {
    return sending > 0;
  }

  /** Instance -> notifications it may claim, each asked once in one claim. */
  LongToIntFunction places(Instant now) {
    return new Places(now);
  }

  /** Those of one claim; what one instance may take is taken off what is left for the next. */
  private final class Places implements LongToIntFunction {
    private final Instant now;
    private int free;
    private int ofDoubtful;

    Places(Instant now) {
      this.now = now;
      synchronized (InFlight.this) {
        this.free = TOTAL - sending;
        this.ofDoubtful = OF_DOUBTFUL - doubtful();
      }
    }

    @Override
    public int applyAsInt(long instance) {
      synchronized (InFlight.this) {
        Lane lane = lanes.get(instance);
        return prompt.containsKey(instance) ? ofPrompt(instance, lane) : ofDoubtful(instance, lane);
      }
    }

    private int ofPrompt(long instance, Lane lane) {
      int already = lane == null ? 0 : lane.sending;
      int places = Math.min(OF_INSTANCE - already, free);
      if (places <= 0 && lane == null) {
        return 0;
      }
      free -= places;
      return places + next(lane == null ? 0 : lane.waiting.size(), prompt.get(instance));
    }

    private int ofDoubtful(long instance, Lane lane) {
      Silence silence = silences.get(instance);
      boolean paused = silence != null && now.isBefore(silence.until());
      if (paused || lane != null || ofDoubtful <= 0 || free <= 0) {
        return 0;
      }
      ofDoubtful--;
      free--;
      return 1;
    }
  }

  private int doubtful() {
    return lanes.entrySet().stream()
        .filter(entry -> !prompt.containsKey(entry.getKey()))
        .mapToInt(entry -> entry.getValue().sending)
        .sum();
  }

  /** How many more may wait where so many do, each of so many bytes. */
  private int next(int waits, long bytes) {
    if (waits > REFILLED_AT || waitingBytes > WAITING_BYTES) {
      return 0;
    }
    long most = Math.min(WAITING_OF_INSTANCE, WAITING_BYTES_OF_INSTANCE / Math.max(1, bytes));
    return (int) Math.max(0, Math.min(most - waits, WAITING - waiting));
  }

  /**
   * Takes what was claimed.
   *
   * @return those to be sent now; each takes a place until {@link #leave}
   */
  synchronized List<Claimed> enter(List<Claimed> claimed, Instant now) {
    List<Claimed> started = new ArrayList<>();
    for (Claimed each : claimed) {
      Lane lane = lanes.computeIfAbsent(each.instanceId(), id -> new Lane());
      int allowed = prompt.containsKey(each.instanceId()) ? OF_INSTANCE : 1;
      if (lane.sending < allowed && sending < TOTAL) {
        lane.sending++;
        sending++;
        started.add(each);
      } else {
        lane.claimedAt = now;
        lane.waiting.add(each);
        waiting++;
        waitingBytes += bytes(each);
      }
    }
    return started;
  }

  /** What is sent next in the place of one that was; null: nothing. */
  synchronized Claimed next(long instance, Instant now) {
    Lane lane = lanes.get(instance);
    if (lane.waiting.isEmpty() || now.isAfter(lane.claimedAt.plus(STALE))) {
      return null;
    }
    Claimed next = lane.waiting.poll();
    waiting--;
    waitingBytes -= bytes(next);
    return next;
  }

  /**
   * Frees a place.
   *
   * @return what waits and nobody is left to send
   */
  synchronized List<Claimed> leave(long instance) {
    Lane lane = lanes.get(instance);
    lane.sending--;
    sending--;
    if (lane.sending > 0) {
      return List.of();
    }
    List<Claimed> left = stop(instance);
    lanes.remove(instance);
    return left;
  }

  /** Takes back what waits of an instance. */
  synchronized List<Claimed> stop(long instance) {
    Lane lane = lanes.get(instance);
    List<Claimed> left = List.copyOf(lane.waiting);
    lane.waiting.clear();
    waiting -= left.size();
    waitingBytes -= left.stream().mapToLong(InFlight::bytes).sum();
    return left;
  }

  synchronized void answered(Claimed claimed, Duration took) {
    silences.remove(claimed.instanceId());
    if (took.compareTo(PROMPT) < 0) {
      prompt.put(claimed.instanceId(), bytes(claimed));
    } else {
      prompt.remove(claimed.instanceId());
    }
  }

  synchronized void silent(long instance, Instant now) {
    prompt.remove(instance);
    silences.merge(instance, Silence.first(now), (last, first) -> last.again(now));
  }

  private static long bytes(Claimed claimed) {
    return claimed.events().stream().mapToLong(event -> event.raw().length()).sum();
  }
}
