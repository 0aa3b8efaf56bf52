package dev.watchpost.date;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Numbers since 1970: whole, with decimals, in scientific notation, or wrapped as {@code
 * /Date(1534778974827)/}. Years 1 to 9999; a number beyond is of another unit and unreadable.
 *
 * @param power of ten of units in a second: 0, 3, 6 or 9
 */
record EpochReader(int power) implements DateReader {
  private static final BigInteger LAST_SECOND = BigInteger.valueOf(253_402_300_799L);
  private static final BigInteger FIRST_SECOND = BigInteger.valueOf(-62_135_596_800L);
  private static final int LONGEST = 40;

  @Override
  public SourceDate read(String text) {
    BigDecimal number = number(unwrapped(text));
    return number == null ? null : date(number);
  }

  static EpochReader of(String unit) {
    return switch (unit) {
      case "seconds" -> new EpochReader(0);
      case "milliseconds" -> new EpochReader(3);
      case "microseconds" -> new EpochReader(6);
      default -> null;
    };
  }

  /** The unit by magnitude: seconds up to the year 5138, milliseconds from 1973 on, and so on. */
  static SourceDate detect(String text) {
    String digits = unwrapped(text);
    BigDecimal number = number(digits);
    if (number == null) {
      return null;
    }
    int length = number.precision() - number.scale();
    boolean wrapped = digits.length() != text.length();
    int power = wrapped ? 3 : length <= 11 ? 0 : length <= 14 ? 3 : length <= 17 ? 6 : 9;
    return new EpochReader(power).date(number);
  }

  private static String unwrapped(String text) {
    if (!text.startsWith("/Date(") || !text.endsWith(")/")) {
      return text;
    }
    // the offset in /Date(0+0100)/ is for display only
    String inside = text.substring(6, text.length() - 2);
    int offset = Math.max(inside.indexOf('+', 1), inside.indexOf('-', 1));
    return offset < 0 ? inside : inside.substring(0, offset);
  }

  private static BigDecimal number(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !numeric(text)) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text);
      // 1E999999999 must not become a number of a billion digits
      return Math.abs((long) number.scale()) > LONGEST ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean numeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Scan.digit(c) && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
        return false;
      }
    }
    return true;
  }

  private SourceDate date(BigDecimal number) {
    int digits = power + Math.max(0, number.scale());
    BigDecimal nanos = number.movePointRight(9 - power).setScale(0, RoundingMode.FLOOR);
    BigInteger[] parts = floor(nanos.toBigInteger());
    if (parts[0].compareTo(FIRST_SECOND) < 0 || parts[0].compareTo(LAST_SECOND) > 0) {
      return null;
    }
    Instant start = Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
    ChronoUnit unit = fractionUnit(digits);
    return new SourceDate(start, start.plus(1, unit));
  }

  private static BigInteger[] floor(BigInteger nanos) {
    BigInteger second = BigInteger.valueOf(1_000_000_000);
    BigInteger rest = nanos.mod(second);
    return new BigInteger[] {nanos.subtract(rest).divide(second), rest};
  }

  /** The unit that a second with this many decimals shows. */
  static ChronoUnit fractionUnit(int digits) {
    if (digits == 0) {
      return ChronoUnit.SECONDS;
    }
    return digits <= 3 ? ChronoUnit.MILLIS : digits <= 6 ? ChronoUnit.MICROS : ChronoUnit.NANOS;
  }
}
