package dev.watchpost.date;

import java.time.ZoneId;

/** ISO 8601 and epochs, told apart by their shape. */
final class DetectingReader implements DateReader {
  private final DateReader day;
  private final DateReader minute;
  private final DateReader second;
  private final DateReader minuteAfterBlank;
  private final DateReader secondAfterBlank;
  private final DateReader basicDay;
  private final DateReader basicSecond;
  private final DateReader basicDigits;

  DetectingReader(ZoneId zone) {
    day = reader("yyyy-MM-dd", zone);
    minute = reader("yyyy-MM-dd'T'HH:mm", zone);
    second = reader("yyyy-MM-dd'T'HH:mm:ss", zone);
    minuteAfterBlank = reader("yyyy-MM-dd HH:mm", zone);
    secondAfterBlank = reader("yyyy-MM-dd HH:mm:ss", zone);
    basicDay = reader("yyyyMMdd", zone);
    basicSecond = reader("yyyyMMdd'T'HHmmss", zone);
    basicDigits = reader("yyyyMMddHHmmss", zone);
  }

  private static DateReader reader(String pattern, ZoneId zone) {
    return PatternReader.of(DatePattern.parse(pattern), zone);
  }

  @Override
  public SourceDate read(String text) {
    if (text.length() >= 10 && text.charAt(4) == '-') {
      return extended(text);
    } else if (text.length() >= 15 && text.charAt(8) == 'T') {
      return basicSecond.read(text);
    }
    SourceDate date = digits(text);
    return date == null ? EpochReader.detect(text) : date;
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
}
