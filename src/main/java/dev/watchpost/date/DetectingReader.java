package dev.watchpost.date;

import java.time.ZoneId;
import java.util.List;

/**
 * ISO 8601, epochs and the dates of mail and HTTP (RFC 822, {@code Sun, 06 Nov 1994 08:49:37 GMT};
 * {@code Sun Nov 06 08:49:37 GMT 1994}), told apart by their shape. What has two readings (03/04)
 * is unreadable.
 */
final class DetectingReader implements DateReader {
  private final DateReader day;
  private final DateReader minute;
  private final DateReader second;
  private final DateReader minuteAfterBlank;
  private final DateReader secondAfterBlank;
  private final DateReader basicDay;
  private final DateReader basicSecond;
  private final DateReader basicDigits;
  private final List<DateReader> named;

  DetectingReader(ZoneId zone) {
    day = reader("yyyy-MM-dd", zone);
    minute = reader("yyyy-MM-dd'T'HH:mm", zone);
    second = reader("yyyy-MM-dd'T'HH:mm:ss", zone);
    minuteAfterBlank = reader("yyyy-MM-dd HH:mm", zone);
    secondAfterBlank = reader("yyyy-MM-dd HH:mm:ss", zone);
    basicDay = reader("yyyyMMdd", zone);
    basicSecond = reader("yyyyMMdd'T'HHmmss", zone);
    basicDigits = reader("yyyyMMddHHmmss", zone);
    named =
        List.of(
            reader("EEE, d MMM yy HH:mm:ss", zone),
            reader("EEE, d MMM yy HH:mm", zone),
            reader("d MMM yy HH:mm:ss", zone),
            reader("EEE MMM d HH:mm:ss z yyyy", zone),
            reader("EEE MMM d HH:mm:ss yyyy", zone));
  }

  private static DateReader reader(String pattern, ZoneId zone) {
    return PatternReader.of(DatePattern.parse(pattern), zone);
  }

  @Override
  public SourceDate read(String text) {
    if (text.length() >= 10 && text.charAt(4) == '-') {
      return extended(text);
    } else if (text.length() >= 10 && text.charAt(4) == '/' && text.charAt(7) == '/') {
      return extended(text.substring(0, 10).replace('/', '-') + text.substring(10));
    } else if (text.length() >= 15 && text.charAt(8) == 'T') {
      return basicSecond.read(text);
    }
    SourceDate date = digits(text);
    date = date == null ? EpochReader.detect(text) : date;
    return date == null ? named(text) : date;
  }

  private SourceDate extended(String text) {
    if (text.length() == 10) {
      return day.read(text);
    }
    boolean seconds = text.length() > 16 && text.charAt(16) == ':';
    if (text.charAt(10) == ' ') {
      return (seconds ? secondAfterBlank : minuteAfterBlank).read(text);
    }
    return (seconds ? second : minute).read(text);
  }

  /** 20260301 and 20260301120000 are dates: as epochs they would be of 1970 and 2612. */
  private SourceDate digits(String text) {
    if (!text.startsWith("19") && !text.startsWith("20")) {
      return null;
    }
    return text.length() == 8
        ? basicDay.read(text)
        : text.length() == 14 ? basicDigits.read(text) : null;
  }

  private SourceDate named(String text) {
    return named.stream()
        .map(reader -> reader.read(text))
        .filter(date -> date != null)
        .findFirst()
        .orElse(null);
  }
}
