package dev.watchpost.callback;

import dev.watchpost.outbox.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
  private static final int WAITING = 8192;
  private static final long WAITING_BYTES = 32L << 20;

  /** What has waited so long since it was claimed is not sent: the claim could lapse meanwhile. */
  private static final Duration STALE = Duration.ofSeconds(20);

  private final Map<Long, Lane> lanes = new HashMap<>();
  private final Map<Long, Silence> silences = new HashMap<>();

  /** Of instances that answered promptly. */
  private final Map<Long, Pace> prompt = new HashMap<>();

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

  /** Waits until nothing is being sent, at most so long; not at all where that is not above 0. */
  synchronized void awaitIdle(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    long left = most.toNanos();
    try {
      while (sending > 0 && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  /** How many more may wait where so many do: none before half of them have been sent. */
  private int next(int waits, Pace pace) {
    int most = pace.ahead(OF_INSTANCE);
    if (waits > most / 2 || waitingBytes > WAITING_BYTES) {
      return 0;
    }
    return Math.max(0, Math.min(most - waits, WAITING - waiting));
  }

  /**
   * Takes what was claimed.
   *
   * @return those to be sent now; each takes a place until {@link #leave}
   */
  synchronized List<Claimed> enter(List<Claimed> claimed, Instant now) {
    Map<Long, Lane> entered = new LinkedHashMap<>();
    for (Claimed each : claimed) {
      Lane lane = lanes.computeIfAbsent(each.instanceId(), id -> new Lane());
      lane.claimedAt = now;
      lane.waiting.add(each);
      waiting++;
      waitingBytes += Pace.bytes(each);
      entered.put(each.instanceId(), lane);
    }
    List<Claimed> started = new ArrayList<>();
    // nobody would ever serve a lane that is left without a sender: the claim kept a place for each
    entered.values().stream()
        .filter(lane -> lane.sending == 0)
        .forEach(lane -> started.add(start(lane)));
    entered.forEach((instance, lane) -> fill(lane, prompt.containsKey(instance), started));
    return started;
  }

  private void fill(Lane lane, boolean prompt, List<Claimed> started) {
    int allowed = prompt ? OF_INSTANCE : 1;
    while (lane.sending < allowed && sending < TOTAL && !lane.waiting.isEmpty()) {
      started.add(start(lane));
    }
  }

  private Claimed start(Lane lane) {
    lane.sending++;
    sending++;
    return take(lane);
  }

  private Claimed take(Lane lane) {
    Claimed next = lane.waiting.poll();
    waiting--;
    waitingBytes -= Pace.bytes(next);
    return next;
  }

  /** What is sent next in the place of one that was; null: nothing. */
  synchronized Claimed next(long instance, Instant now) {
    Lane lane = lanes.get(instance);
    boolean stale = now.isAfter(lane.claimedAt.plus(STALE));
    return stale || lane.waiting.isEmpty() ? null : take(lane);
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
    if (sending == 0) {
      notifyAll();
    }
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
    waitingBytes -= left.stream().mapToLong(Pace::bytes).sum();
    return left;
  }

  synchronized void answered(Claimed claimed, Duration took) {
    silences.remove(claimed.instanceId());
    Pace pace = Pace.of(claimed, took);
    if (pace.prompt()) {
      prompt.put(claimed.instanceId(), pace);
    } else {
      prompt.remove(claimed.instanceId());
    }
  }

  synchronized void silent(long instance, Instant now) {
    prompt.remove(instance);
    silences.merge(instance, Silence.first(now), (last, first) -> last.again(now));
  }
}
