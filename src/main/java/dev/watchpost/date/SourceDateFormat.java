package dev.watchpost.date;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the dates of records: a SimpleDateFormat pattern as users write them, {@code milliseconds},
 * {@code seconds}, {@code microseconds} (letters in any case), or empty (ISO 8601, RFC 822 or
 * epoch, detected).
 *
 * <p>Patterns are read more kindly than SimpleDateFormat where that is safe, and more strictly
 * where it would guess: {@code Z}, {@code X} and {@code z} all read any offset or abbreviation;
 * fractions of the second have any number of digits or none; an offset that the pattern does not
 * mention is obeyed; the quoted {@code 'Z'} is the configured zone. February 30 and trailing text
 * are unreadable. Names of months and days are English.
 *
 * <p>Thread-safe. A local time that is ambiguous (clock set back) is the later instant; one that
 * the clock skipped is moved on by the length of the gap. Equal where pattern and zone are.
 */
public final class SourceDateFormat {
  private static final int SHOWN = 60;
  private static final Instant SAMPLE = Instant.parse("2026-03-14T15:09:26.535897932Z");

  private final String pattern;
  private final ZoneId zone;
  private final DatePattern letters;
  private final DateReader reader;
  private final List<String> warnings;

  /**
   * @param letters null: detected, or an epoch
   */
  private SourceDateFormat(
      String pattern, ZoneId zone, DatePattern letters, DateReader reader, List<String> warnings) {
    this.pattern = pattern;
    this.zone = zone;
    this.letters = letters;
    this.reader = reader;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * @param pattern as in {@code updatedDateFormat}; null or blank detects ISO 8601, RFC 822 and
   *     epoch
   * @param zone as in {@code updatedDateTimezone}: of texts that carry no offset; null or blank is
   *     UTC
   * @throws InvalidDateSetting where pattern or zone cannot work, with a suggestion
   */
  public static SourceDateFormat of(String pattern, String zone) {
    String text = pattern == null ? "" : pattern.strip();
    ZoneId zoneId = Zones.of(zone);
    List<String> warnings = new ArrayList<>(Zones.warnings(zone));
    DateReader reader = text.isEmpty() ? new DetectingReader(zoneId) : epoch(text);
    DatePattern checked = null;
    if (reader == null) {
      checked = DatePatternCheck.forReading(text);
      OddPattern.warnings(checked, zoneId)
          .forEach(warning -> warnings.add("date format \"" + text + "\": " + warning));
      reader = PatternReader.of(checked, zoneId);
      refuseUnreadable(checked, zoneId, reader);
    }
    return new SourceDateFormat(text, zoneId, checked, reader, warnings);
  }

  /** Where letters run into each other, or into text, no date could ever be read. */
  private static void refuseUnreadable(DatePattern pattern, ZoneId zone, DateReader reader) {
    String sample = new DateWriter(pattern, zone).write(SAMPLE);
    if (reader.read(sample) == null) {
      throw new InvalidDateSetting(
          "date format \"%s\": a date as it writes it (%s) cannot be told apart again"
              .formatted(pattern.text(), sample));
    }
  }

  private static DateReader epoch(String text) {
    return EpochReader.of(text.toLowerCase(Locale.ROOT));
  }

  /**
   * @param text the scalar as text, numbers as their digits
   * @throws UnreadableDate where the text is no such date
   */
  public SourceDate parse(String text) {
    SourceDate date = text == null ? null : reader.read(text.strip());
    if (date == null) {
      throw new UnreadableDate(unreadable(text));
    }
    return date;
  }

  private String unreadable(String text) {
    String format = pattern.isEmpty() ? "ISO 8601, RFC 822 or epoch date" : "date as " + pattern;
    if (text == null) {
      return "null is no " + format;
    }
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return "\"" + shown + "\" is no " + format;
  }

  /** Whether an empty format would read the same dates. */
  public boolean detectable() {
    if (letters == null) {
      return true;
    }
    String sample = new DateWriter(letters, zone).write(SAMPLE);
    return reader.read(sample).equals(new DetectingReader(zone).read(sample));
  }

  /** Whether its texts carry no offset, so that the configured zone decides. */
  public boolean needsZone() {
    return letters != null && !letters.hasOffset();
  }

  /** Whether both are of the same zone, however it is named. */
  public boolean inSameZoneAs(SourceDateFormat other) {
    return zone.getRules().equals(other.zone.getRules());
  }

  /** What works, but is probably not meant so; in words, for the user. */
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceDateFormat that
        && pattern.equals(that.pattern)
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode() * 31 + zone.hashCode();
  }

  @Override
  public String toString() {
    return (pattern.isEmpty() ? "detected" : pattern) + " in " + zone;
  }
}
