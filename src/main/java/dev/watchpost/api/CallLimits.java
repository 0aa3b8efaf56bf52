package dev.watchpost.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchpost.tenant.Owner;
import io.github.bucket4j.Bucket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who has called too often, or with wrong credentials. A minute's worth may come at once; then as
 * much as the minute gives back. Kept in memory, of the last {@link #MOST_KEPT} callers.
 * Thread-safe.
 */
final class CallLimits {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration KEPT = MINUTE.multipliedBy(2);
  private static final int MOST_KEPT = 10_000;
  private static final int NETWORK_BYTES = 8;

  private final ApiPolicy policy;
  private final Cache<Object, Bucket> calls = kept();
  private final Cache<String, Bucket> failures = kept();

  CallLimits(ApiPolicy policy) {
    this.policy = policy;
  }

  private static <K> Cache<K, Bucket> kept() {
    return Caffeine.newBuilder().expireAfterAccess(KEPT).maximumSize(MOST_KEPT).build();
  }

  /**
   * A call of someone whose credentials are right.
   *
   * @throws Refusal 429
   */
  void called(Owner owner) {
    take(owner);
  }

  /**
   * A call that needs no credentials.
   *
   * @throws Refusal 429
   */
  void called(String address) {
    take(network(address));
  }

  private void take(Object caller) {
    int most = policy.requestsPerMinute();
    var probe = calls.get(caller, key -> bucket(most)).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      throw Refusal.tooMany(
          "more than %,d requests in a minute".formatted(most), probe.getNanosToWaitForRefill());
    }
  }

  /**
   * Before credentials are looked at: whoever guesses is not told when the guess was right.
   *
   * @throws Refusal 429 where the address has shown too many wrong ones
   */
  void mayTry(String address) {
    Bucket bucket = failures.getIfPresent(network(address));
    if (bucket != null && bucket.getAvailableTokens() < 1) {
      throw Refusal.tooMany(
          "too many requests with wrong credentials from this address",
          bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }
  }

  /** Its credentials were wrong. */
  void failed(String address) {
    failures.get(network(address), key -> bucket(policy.failuresPerMinute())).tryConsume(1);
  }

  private static Bucket bucket(int perMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
        .build();
  }

  /** Of IPv6 its /64: whoever has one address of it has them all. */
  private static String network(String address) {
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
