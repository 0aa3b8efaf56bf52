package dev.watchpost.source;

import com.dynatrace.hash4j.hashing.Hashing;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * When a source may be asked: by the requests per minute that are allowed to its host, and by what
 * its answers say ({@code Retry-After}, {@code RateLimit}). Shared by all instances of this
 * process. Thread-safe.
 *
 * <p>A minute's requests are not sent in one burst: a tenth of them may come at once, the rest
 * evenly, so that no 60 s ever hold more than a minute's worth.
 */
public final class Pace {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int BURSTS_A_MINUTE = 10;
  private static final int MOST_KEPT = 100_000;
  private static final Duration KEPT = Duration.ofHours(25);

  private final int perMinute;
  private final Clock clock;
  private final Cache<Budget, Bucket> budgets = kept();
  private final Cache<Account, Allowance> allowances = kept();

  /**
   * Whom a source counts requests for.
   *
   * @param origin scheme, host and port
   * @param credentials a number that differs where credentials do; 0: none are sent
   */
  public record Account(String origin, long credentials) {
    static Account of(String origin, Collection<String> credentials) {
      return new Account(
          origin,
          credentials.isEmpty()
              ? 0
              : Hashing.xxh3_64().hashCharsToLong(new TreeSet<>(credentials).toString()));
    }
  }

  /** Those who name the same number for a host share it. */
  private record Budget(String origin, int perMinute, boolean operators) {}

  /**
   * @param perMinute requests per minute to one host, of all instances together; 0: no limit
   */
  public Pace(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  private static <K, V> Cache<K, V> kept() {
    return Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(MOST_KEPT).build();
  }

  /**
   * Takes a request off the budgets, even where they are used up; then it may go later.
   *
   * @param own requests per minute that the instance or its element names; empty: none
   * @return from when on it may go; not after now: at once
   */
  public Instant take(String origin, OptionalInt own) {
    long wait = perMinute == 0 ? 0 : take(new Budget(origin, perMinute, true));
    if (own.isPresent()) {
      wait = Math.max(wait, take(new Budget(origin, own.getAsInt(), false)));
    }
    return clock.instant().plusNanos(wait);
  }

  /** A request that was taken off the budgets is not sent. */
  public void giveBack(String origin, OptionalInt own) {
    if (perMinute > 0) {
      giveBack(new Budget(origin, perMinute, true));
    }
    if (own.isPresent()) {
      giveBack(new Budget(origin, own.getAsInt(), false));
    }
  }

  private void giveBack(Budget budget) {
    budgets.get(budget, this::full).addTokens(1);
  }

  private long take(Budget budget) {
    return budgets.get(budget, this::full).consumeIgnoringRateLimits(1);
  }

  private Bucket full(Budget budget) {
    int atOnce = Math.max(1, budget.perMinute / BURSTS_A_MINUTE);
    int evenly = budget.perMinute - atOnce + 1;
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(atOnce).refillGreedy(evenly, MINUTE))
        .withCustomTimePrecision(new ClockMeter(clock))
        .build();
  }

  /** From when on the source lets this account ask; not after now: at once. */
  public Instant free(Account account) {
    Allowance allowance = allowances.getIfPresent(account);
    Instant now = clock.instant();
    return allowance == null ? now : allowance.free(now);
  }

  /** A request goes out. */
  public void asked(Account account) {
    Allowance allowance = allowances.getIfPresent(account);
    if (allowance != null) {
      allowance.asked();
    }
  }

  /** Takes note of what an answer says of further requests. */
  public void answered(Account account, Answer verdict, Headers headers) {
    Instant now = clock.instant();
    RateLimit.of(headers, now).ifPresent(limit -> allowance(account).told(limit));
    if (verdict instanceof Answer.Throttled throttled) {
      throttled.retryAfter().ifPresent(wait -> allowance(account).hold(now.plus(wait)));
    }
  }

  private Allowance allowance(Account account) {
    return allowances.get(account, key -> new Allowance());
  }

  private record ClockMeter(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      Instant now = clock.instant();
      return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
