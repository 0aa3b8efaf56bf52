package dev.watchpost.date;

import dev.watchpost.date.DatePattern.Field;
import dev.watchpost.date.DatePattern.Item;
import dev.watchpost.date.DatePattern.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes instants as SimpleDateFormat would, but fractions as long as their letters. */
final class DateWriter {
  private static final Pattern LITERAL_OFFSET =
      Pattern.compile("([+-](?:0\\d|1[0-4]):?[0-5]\\d)\\s*$|Z$");

  private final DateTimeFormatter formatter;
  private final ZoneId zone;
  private final boolean offsetWritten;
  private final ZoneOffset claimed;

  DateWriter(DatePattern pattern, ZoneId zone) {
    this.zone = zone;
    this.formatter = formatter(pattern);
    this.offsetWritten = pattern.hasOffset();
    this.claimed = claimed(pattern);
  }

  ZoneId zone() {
    return zone;
  }

  String write(Instant instant) {
    ZoneOffset own = zone.getRules().getOffset(instant);
    // "-0800" written out in summer, when the zone is at -0700: the earlier clock misses nothing
    boolean earlier = claimed != null && claimed.getTotalSeconds() < own.getTotalSeconds();
    return formatter.withZone(earlier ? claimed : zone).format(instant);
  }

  /**
   * The lower bound of a window. Where the clock was set back in it, times without an offset before
   * that moment are above later ones: it goes back by as much as the clock did.
   */
  String writeStart(Instant start, Instant now) {
    return write(start.minus(offsetWritten ? Duration.ZERO : setBack(start, now)));
  }

  private Duration setBack(Instant start, Instant now) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition next = rules.nextTransition(start.minusNanos(1));
    while (next != null && !next.getInstant().isAfter(now)) {
      if (next.isOverlap()) {
        return next.getDuration().negated();
      }
      next = rules.nextTransition(next.getInstant());
    }
    return Duration.ZERO;
  }

  /**
   * The offset that literal text at the end claims: {@code -0800} or Z; null where there is none.
   */
  private static ZoneOffset claimed(DatePattern pattern) {
    String literals = DatePattern.render(pattern.items()).replace("'", "");
    Matcher end = LITERAL_OFFSET.matcher(literals);
    if (pattern.hasOffset() || !end.find()) {
      return null;
    }
    return end.group(1) == null ? ZoneOffset.UTC : ZoneOffset.of(end.group(1));
  }

  /** True where the literal offset is not the zone's, all year or in a season. */
  boolean misleading() {
    ZoneRules rules = zone.getRules();
    return claimed != null
        && !claimed.equals(ZoneOffset.UTC)
        && !(rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).equals(claimed));
  }

  private static DateTimeFormatter formatter(DatePattern pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
    for (Item item : pattern.items()) {
      if (item instanceof Text text) {
        builder.appendLiteral(text.value());
      } else if (item instanceof Field field) {
        append(builder, field, field.count());
      }
    }
    return builder.toFormatter(Locale.ENGLISH);
  }

  private static void append(DateTimeFormatterBuilder to, Field field, int count) {
    switch (field.letter()) {
      case 'S' -> to.appendFraction(ChronoField.NANO_OF_SECOND, count, count, false);
      case 'Z' -> to.appendOffset("+HHMM", "+0000");
      case 'X' -> to.appendOffset(count == 1 ? "+HHmm" : count == 2 ? "+HHMM" : "+HH:MM", "Z");
      case 'z' -> to.appendZoneText(count < 4 ? TextStyle.SHORT : TextStyle.FULL);
      case 'E' -> to.appendText(ChronoField.DAY_OF_WEEK, style(count));
      case 'a' -> to.appendText(ChronoField.AMPM_OF_DAY, TextStyle.SHORT);
      case 'G' -> to.appendText(ChronoField.ERA, TextStyle.SHORT);
      case 'M', 'L' -> month(to, count);
      case 'y' -> year(to, count);
      default -> to.appendValue(number(field.letter()), count, 19, SignStyle.NORMAL);
    }
  }

  private static void month(DateTimeFormatterBuilder to, int count) {
    if (count > 2) {
      to.appendText(ChronoField.MONTH_OF_YEAR, style(count));
    } else {
      to.appendValue(ChronoField.MONTH_OF_YEAR, count, 19, SignStyle.NORMAL);
    }
  }

  private static void year(DateTimeFormatterBuilder to, int count) {
    if (count == 2) {
      to.appendValueReduced(ChronoField.YEAR, 2, 2, 2000);
    } else {
      to.appendValue(ChronoField.YEAR, count, 19, SignStyle.NORMAL);
    }
  }

  private static TextStyle style(int count) {
    return count < 4 ? TextStyle.SHORT : TextStyle.FULL;
  }

  private static ChronoField number(char letter) {
    return switch (letter) {
      case 'd' -> ChronoField.DAY_OF_MONTH;
      case 'D' -> ChronoField.DAY_OF_YEAR;
      case 'u' -> ChronoField.DAY_OF_WEEK;
      case 'H' -> ChronoField.HOUR_OF_DAY;
      case 'k' -> ChronoField.CLOCK_HOUR_OF_DAY;
      case 'K' -> ChronoField.HOUR_OF_AMPM;
      case 'h' -> ChronoField.CLOCK_HOUR_OF_AMPM;
      case 'm' -> ChronoField.MINUTE_OF_HOUR;
      case 's' -> ChronoField.SECOND_OF_MINUTE;
      default -> throw new IllegalStateException("unchecked letter " + letter);
    };
  }
}
