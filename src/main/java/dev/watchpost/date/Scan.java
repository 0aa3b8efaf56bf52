package dev.watchpost.date;

import java.time.ZoneId;

/** A place in a text that is being read, and what was read so far. Lives for one text. */
final class Scan {
  final String text;
  int at;

  int year;
  int month = 1;
  int day = 1;
  int dayOfYear;
  int hour;
  int halfDay = -1;
  int minute;
  int second;
  int nanos;
  int fractionDigits;

  /** The zone that the text itself names; null where it names none. */
  ZoneId zone;

  Scan(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The number of min to max digits here; -1, and no step further, where there is none. */
  int number(int min, int max) {
    int value = 0;
    int end = at;
    while (end - at < max && end < text.length() && digit(text.charAt(end))) {
      value = value * 10 + text.charAt(end++) - '0';
    }
    if (end - at < min) {
      return -1;
    }
    at = end;
    return value;
  }

  /** Digits of a fraction of the second; what lies below a nanosecond is dropped. */
  boolean fraction(int max) {
    int start = at;
    int scale = 100_000_000;
    while (at - start < max && digit(peek())) {
      nanos += (peek() - '0') * scale;
      scale /= 10;
      at++;
    }
    fractionDigits = at - start;
    return fractionDigits > 0;
  }

  /** This text, letters in any case; a blank of it stands for any number of blanks. */
  boolean literal(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      char c = expected.charAt(i);
      if (Character.toLowerCase(peek()) != Character.toLowerCase(c) || atEnd()) {
        return false;
      }
      at++;
      if (c == ' ') {
        skipBlanks();
      }
    }
    return true;
  }

  void skipBlanks() {
    while (peek() == ' ') {
      at++;
    }
  }

  /** Index of the name standing here, letters in any case; -1 where none does. */
  int name(String[] names) {
    for (int i = 0; i < names.length; i++) {
      if (!names[i].isEmpty() && text.regionMatches(true, at, names[i], 0, names[i].length())) {
        at += names[i].length();
        return i;
      }
    }
    return -1;
  }
}
