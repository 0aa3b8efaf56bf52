package dev.watchpost.record;

/**
 * A JSON number without its form: sign, digits without zeros at either end, power of ten. 1, 1.0,
 * 1e0 and 10e-1 are the same one, 0 and -0 too. Exponents beyond 10^15 count as 10^15. Reused from
 * number to number; not thread-safe.
 */
final class CanonicalNumber {

  private static final int MAX_PLAIN = 1_000;
  private static final long MAX_EXPONENT = 1_000_000_000_000_000L;
  private static final int DIGITS_OF_LONG = 18;

  private char[] digits = new char[64];
  private int count;
  private long exponent;
  private boolean negative;

  /** Reads the characters of a valid JSON number. */
  CanonicalNumber read(char[] text, int offset, int length) {
    if (digits.length < length) {
      digits = new char[length];
    }
    count = 0;
    exponent = 0;
    negative = text[offset] == '-';
    int end = offset + length;
    int at = mantissa(text, negative ? offset + 1 : offset, end);
    if (at < end) {
      exponent += exponent(text, at + 1, end);
    }
    dropTrailingZeros();
    return this;
  }

  /** Up to the {@code e}, or the end. */
  private int mantissa(char[] text, int from, int end) {
    boolean fraction = false;
    int at = from;
    for (; at < end && (text[at] | 0x20) != 'e'; at++) {
      if (text[at] == '.') {
        fraction = true;
        continue;
      }
      if (text[at] != '0' || count > 0) {
        digits[count++] = text[at];
      }
      exponent -= fraction ? 1 : 0;
    }
    return at;
  }

  private static long exponent(char[] text, int from, int end) {
    boolean minus = text[from] == '-';
    long value = 0;
    for (int at = minus || text[from] == '+' ? from + 1 : from; at < end; at++) {
      value = Math.min(MAX_EXPONENT, value * 10 + text[at] - '0');
    }
    return minus ? -value : value;
  }

  private void dropTrailingZeros() {
    while (count > 0 && digits[count - 1] == '0') {
      count--;
      exponent++;
    }
    if (count == 0) {
      exponent = 0;
      negative = false;
    }
  }

  long hash() {
    if (count > DIGITS_OF_LONG) {
      return ContentHash.longNumber(negative, new String(digits, 0, count), exponent);
    }
    long value = 0;
    for (int at = 0; at < count; at++) {
      value = value * 10 + digits[at] - '0';
    }
    return ContentHash.number(negative ? -value : value, exponent);
  }

  /** Its digits without an exponent: 1496771, 12.5; null where that takes over 1,000 characters. */
  String plain() {
    if (count == 0) {
      return "0";
    }
    if (count + Math.abs(exponent) > MAX_PLAIN) {
      return null;
    }
    String sign = negative ? "-" : "";
    String all = new String(digits, 0, count);
    if (exponent >= 0) {
      return sign + all + "0".repeat((int) exponent);
    }
    int whole = count + (int) exponent;
    return whole > 0
        ? sign + all.substring(0, whole) + "." + all.substring(whole)
        : sign + "0." + "0".repeat(-whole) + all;
  }
}
