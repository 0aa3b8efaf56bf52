package dev.watchpost.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as settings write them: {@code 15} of the setting's own unit, {@code 5s}, {@code PT1H}.
 */
public final class Durations {
  /** Beyond it a setting is a mistake, not a duration: ten years. */
  static final Duration MOST = Duration.ofDays(3653);

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([a-z]*)");
  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("ms", Duration.ofMillis(1)),
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("sec", Duration.ofSeconds(1)),
          Map.entry("seconds", Duration.ofSeconds(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("min", Duration.ofMinutes(1)),
          Map.entry("minutes", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hours", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("days", Duration.ofDays(1)));

  private Durations() {}

  /**
   * @param unit of a plain number
   * @return empty where {@code text} is no duration from 0 to {@link #MOST}
   */
  public static Optional<Duration> parse(String text, Duration unit) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    Matcher number = NUMBER.matcher(lower);
    if (number.matches()) {
      Duration of = number.group(2).isEmpty() ? unit : UNITS.get(number.group(2));
      return Optional.ofNullable(of).flatMap(u -> times(new BigDecimal(number.group(1)), u));
    }
    try {
      return Optional.of(Duration.parse(lower)).filter(Durations::sane);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> times(BigDecimal number, Duration unit) {
    BigDecimal millis = number.multiply(BigDecimal.valueOf(unit.toMillis()));
    return Optional.of(Duration.ofMillis(millis.setScale(0, RoundingMode.HALF_UP).longValueExact()))
        .filter(Durations::sane);
  }

  private static boolean sane(Duration duration) {
    return !duration.isNegative() && duration.compareTo(MOST) <= 0;
  }
}
