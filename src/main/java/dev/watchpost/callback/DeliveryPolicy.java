package dev.watchpost.callback;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often and how patiently a notification is tried.
 *
 * @param schedule waits between tries; one try more than waits. Default 5 s, 5 m, 30 m, 2 h, 5 h,
 *     10 h, 14 h, 20 h, 24 h
 * @param connectTimeout default 5 s
 * @param answerTimeout from the request to the end of its answer, default 20 s
 * @param random 0 to 1, decides how each wait varies by up to 20 %
 */
public record DeliveryPolicy(
    List<Duration> schedule,
    Duration connectTimeout,
    Duration answerTimeout,
    DoubleSupplier random) {
  private static final double SPREAD = 0.2;
  private static final Pattern WAIT = Pattern.compile("([0-9]{1,6})(ms|s|m|h|d)");

  /** The default schedule as it is configured. */
  public static final String DEFAULT_SCHEDULE = "5s,5m,30m,2h,5h,10h,14h,20h,24h";

  public DeliveryPolicy {
    schedule = List.copyOf(schedule);
  }

  public static DeliveryPolicy standard() {
    return new DeliveryPolicy(
        parse(DEFAULT_SCHEDULE), Duration.ofSeconds(5), Duration.ofSeconds(20), Math::random);
  }

  /**
   * @param text waits separated by commas: a number and ms, s, m, h or d
   * @throws IllegalArgumentException naming the wait that is none
   */
  public static List<Duration> parse(String text) {
    return Arrays.stream(text.split(",", -1)).map(part -> wait(part.strip())).toList();
  }

  private static Duration wait(String text) {
    Matcher wait = WAIT.matcher(text);
    if (!wait.matches()) {
      throw new IllegalArgumentException(
          "expected waits like 5s,5m,2h in the retry schedule, found '%s'".formatted(text));
    }
    long number = Long.parseLong(wait.group(1));
    return switch (wait.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** The wait after {@code tries} failed ones; empty: that was the last. */
  Optional<Duration> waitAfter(int tries) {
    if (tries > schedule.size()) {
      return Optional.empty();
    }
    double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
    return Optional.of(Duration.ofMillis(Math.round(schedule.get(tries - 1).toMillis() * factor)));
  }
}
