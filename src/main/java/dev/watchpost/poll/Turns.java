package dev.watchpost.poll;

import dev.watchpost.source.Pace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets the next request of a poll go when its source may be asked. For a moment it waits here; for
 * longer the poll is put off, so that it does not keep a thread.
 */
final class Turns {
  private static final Duration MOMENT = Duration.ofMillis(250);

  /** For a dry poll, whose answer someone waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A poll that has read nothing yet begins anew after a longer wait, in a window of its own. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Pace pace;
  private final Clock clock;

  Turns(Pace pace, Clock clock) {
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * @throws PollFailure.Later where the poll is to go on later, as it is
   * @throws PollFailure.Waiting where it is to begin later
   */
  void await(PollRun run) throws PollFailure {
    PagedSource source = run.source();
    Pace.Account account = source.account();
    Duration moment = run.dry() ? PATIENCE : MOMENT;
    Instant free = pace.free(account);
    if (until(free).compareTo(moment) > 0) {
      throw held(run, account, free);
    }
    if (run.turn() == null) {
      run.turn(pace.take(account.origin(), source.perMinute()));
    }
    if (until(run.turn()).compareTo(moment) > 0) {
      if (run.dry()) {
        pace.giveBack(account.origin(), source.perMinute());
      }
      throw new PollFailure.Later(
          "polling waits: the requests per minute to %s are used up".formatted(account.origin()),
          run.turn());
    }
    sleepUntil(run.turn().isAfter(free) ? run.turn() : free);
    run.turn(null);
    pace.asked(account);
  }

  /** By the clock as it is now: what stood between two looks at it is no wait of ours. */
  private Duration until(Instant then) {
    return Duration.between(clock.instant(), then);
  }

  private PollFailure held(PollRun run, Pace.Account account, Instant free) {
    String line =
        "polling waits: %s wants no more requests until %s".formatted(account.origin(), free);
    boolean anew = run.counts().pages() == 0 && until(free).compareTo(KEPT) > 0;
    return anew ? new PollFailure.Waiting(line, free) : new PollFailure.Later(line, free);
  }

  private void sleepUntil(Instant then) throws PollFailure {
    try {
      Thread.sleep(Math.max(0, until(then).toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PollFailure("the poll was interrupted");
    }
  }
}
