package dev.watchpost;

import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The random moment of the next kill: while the program starts, at the n-th page it asks for from
 * now on, or at the n-th notification it sends. Thread-safe.
 */
final class KillMoment implements AutoCloseable {
  /** It is not killed. */
  static final KillMoment NEVER = new KillMoment(During.POLLING, 1, () -> {}, new Random(0));

  private static final int STARTING_MILLIS = 5_000;
  private static final int AFTER_MILLIS = 40;

  /** What the program does when it is killed. */
  enum During {
    STARTING,
    POLLING,
    DELIVERING
  }

  /** Where in an exchange. */
  private enum Place {
    BEFORE_THE_ANSWER,
    HALFWAY,
    SOON_AFTER
  }

  private final RandomGenerator random;
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch struck = new CountDownLatch(1);
  private final During during;
  private final Runnable kill;
  private final Place place;
  private int exchangesLeft;
  private String told;

  /**
   * @param most so many pages, or notifications, surely come
   */
  KillMoment(During during, int most, Runnable kill, RandomGenerator random) {
    this.during = during;
    this.kill = kill;
    this.random = random;
    this.place = places(during)[random.nextInt(places(during).length)];
    this.exchangesLeft = 1 + random.nextInt(most);
    this.told = "at %d more, %s".formatted(exchangesLeft, place);
    if (during == During.STARTING) {
      strikeIn(random.nextInt(STARTING_MILLIS), "after the start");
    }
  }

  /** A callback's answer is too short to have a middle. */
  private static Place[] places(During during) {
    return during == During.DELIVERING
        ? new Place[] {Place.BEFORE_THE_ANSWER, Place.SOON_AFTER}
        : Place.values();
  }

  private void strikeIn(int millis, String since) {
    told = "%d ms %s".formatted(millis, since);
    later.schedule(this::strike, millis, TimeUnit.MILLISECONDS);
  }

  private void strike() {
    kill.run();
    struck.countDown();
  }

  /** A page is asked for and not answered. */
  void page() {
    exchange(During.POLLING);
  }

  /** Half of a page was sent. */
  synchronized void halfway() {
    if (place == Place.HALFWAY && exchangesLeft == 0) {
      strike();
    }
  }

  /** A notification has come and is not answered. */
  void notified() {
    exchange(During.DELIVERING);
  }

  private synchronized void exchange(During what) {
    if (during != what || --exchangesLeft != 0) {
      return;
    }
    if (place == Place.BEFORE_THE_ANSWER) {
      strike();
    } else if (place == Place.SOON_AFTER) {
      strikeIn(random.nextInt(AFTER_MILLIS), "soon after");
    }
  }

  /**
   * @return when it was
   */
  String await(int seconds) throws InterruptedException {
    if (!struck.await(seconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "not killed within %d s: %s %s".formatted(seconds, during, told));
    }
    return "%s, %s".formatted(during, told).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public void close() {
    later.shutdownNow();
  }
}
