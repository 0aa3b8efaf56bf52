package dev.watchpost.date;

import dev.watchpost.date.DatePattern.Field;
import java.util.List;
import java.util.Optional;

/** Tells patterns that cannot work, or would give wrong dates, from those that are only odd. */
final class DatePatternCheck {
  private static final String LETTERS = "GyMLdDEuaHkKhmsSzZX";

  private static final int LONGEST = 200;

  private DatePatternCheck() {}

  /** A pattern that says a whole date, to read with. */
  static DatePattern forReading(String text) {
    return check(text, true);
  }

  /** A pattern to write with; it may be a part of a date. */
  static DatePattern forWriting(String text) {
    return check(text, false);
  }

  /** True where {@link #check} would accept. */
  static boolean sound(String text, boolean reading) {
    return reason(text, reading).isEmpty();
  }

  private static DatePattern check(String text, boolean reading) {
    Optional<Fault> fault = fault(text, reading);
    if (fault.isPresent()) {
      throw new InvalidDateSetting(
          "date format \"" + shown(text) + "\": " + fault.get().withFix("", ""));
    }
    return DatePattern.parse(text);
  }

  private static String shown(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }

  /**
   * What is wrong with a pattern.
   *
   * @param better a pattern that works; empty where none is near
   */
  record Fault(String reason, Optional<String> better) {
    /** The reason and, between {@code before} and {@code after}, the better pattern. */
    String withFix(String before, String after) {
      return reason + better.map(b -> "; did you mean " + before + b + after + "?").orElse("");
    }
  }

  /** Empty where the pattern works. */
  static Optional<Fault> fault(String text, boolean reading) {
    return reason(text, reading)
        .map(
            reason ->
                new Fault(
                    reason,
                    text.length() > LONGEST
                        ? Optional.empty()
                        : DatePatternRepair.suggest(text, reading)));
  }

  private static Optional<String> reason(String text, boolean reading) {
    if (text.length() > LONGEST) {
      return Optional.of("it is longer than %d characters".formatted(LONGEST));
    }
    try {
      DatePattern pattern = DatePattern.parse(text);
      return ForeignPattern.reason(text, reading).or(() -> fault(pattern, reading));
    } catch (InvalidDateSetting unbalanced) {
      return ForeignPattern.reason(text, reading).or(() -> Optional.of(unbalanced.getMessage()));
    }
  }

  private static Optional<String> fault(DatePattern pattern, boolean reading) {
    return pattern.fields().stream()
        .map(DatePatternCheck::fieldFault)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> problem(pattern.holdsStrayQuote(), "a quote is left over"))
        .or(() -> pattern.quotedFields().map(t -> "the quotes make plain text of " + t))
        .or(() -> confused(pattern))
        .or(() -> reading ? incomplete(pattern) : Optional.empty());
  }

  private static Optional<String> fieldFault(Field field) {
    String run = field.toString();
    return switch (field.letter()) {
      case 'Y' -> Optional.of(run + " is the year of the week, wrong around New Year");
      case 'w', 'W', 'F' -> Optional.of(run + " counts weeks, which is not supported");
      case 'y' ->
          problem(field.count() == 3 || field.count() > 4, run + " is no year of 2 or 4 digits");
      case 'M', 'L' -> problem(field.count() > 4, run + " is no month");
      case 'S' -> problem(field.count() > 9, "a fraction has at most 9 digits");
      case 'X' -> problem(field.count() > 3, "an offset is X, XX or XXX");
      case 'D' -> problem(field.count() > 3, "a day of the year has at most 3 digits");
      case 'd', 'H', 'k', 'K', 'h', 'm', 's' ->
          problem(field.count() > 2, run + " has more than 2 digits");
      default ->
          problem(
              LETTERS.indexOf(field.letter()) < 0,
              run + " stands for nothing; text goes in quotes ('" + run + "')");
    };
  }

  private static Optional<String> problem(boolean wrong, String message) {
    return wrong ? Optional.of(message) : Optional.empty();
  }

  /** Letters that are right by themselves, but surely meant another. */
  private static Optional<String> confused(DatePattern p) {
    boolean twelveHours = p.has('h') || p.has('K');
    return problem(p.has('D') && (p.has('d') || p.hasMonth()), "D is the day of the year")
        .or(() -> problem(p.count('M') > 1, "M is the month and stands twice; minutes are mm"))
        .or(() -> problem(monthAsMinutes(p), "m is minutes; the month is MM"))
        .or(() -> problem(exchanged(p), "m is minutes and M the month: they are exchanged"))
        .or(() -> disordered(p))
        .or(() -> problem(p.count('m') > 1, "m is minutes and stands twice; the month is MM"))
        .or(
            () ->
                problem(p.has('S') && p.has('m') && !p.has('s'), "S is a fraction; seconds are ss"))
        .or(
            () ->
                problem(
                    twelveHours && !p.has('a'), "h is a 12-hour clock and a (AM/PM) is missing"));
  }

  private static boolean monthAsMinutes(DatePattern p) {
    boolean day = p.has('d') || p.fields().contains(new Field('D', 2));
    return p.has('m') && !p.hasMonth() && day && p.has('y');
  }

  /** {@code yyyy-mm-dd HH:MM}: m before the hours and M after them. */
  private static boolean exchanged(DatePattern p) {
    StringBuilder letters = new StringBuilder();
    p.fields().forEach(field -> letters.append(field.letter()));
    return letters.toString().matches(".*m.*[HkhK].*M.*");
  }

  /** Hours, minutes, seconds, fraction, offset: that is how every date in use has them. */
  private static Optional<String> disordered(DatePattern p) {
    int last = -1;
    for (String group : List.of("HkhK", "m", "s", "S", "zZX")) {
      int at = p.indexOf(group);
      if (at >= 0 && at < last) {
        return Optional.of("hours, minutes, seconds, fraction and offset follow in this order");
      }
      last = Math.max(last, at);
    }
    int offset = p.indexOf("zZX");
    if (offset >= 0 && !hours(p) && offset < p.fields().size() - 1) {
      return Optional.of("an offset belongs at the end");
    }
    return problem(p.count('S') > 1, "S stands twice");
  }

  private static boolean hours(DatePattern p) {
    return p.has('H') || p.has('k') || p.has('h') || p.has('K');
  }

  private static Optional<String> incomplete(DatePattern p) {
    return problem(!p.has('y'), "the year (yyyy) is missing, so it is no date")
        .or(() -> problem(p.has('d') && !p.hasMonth(), "the month (MM) is missing"))
        .or(() -> problem(hours(p) && !p.has('d') && !p.has('D'), "the day (dd) is missing"))
        .or(() -> problem(p.has('m') && !hours(p), "m is minutes, and the hours (HH) are missing"))
        .or(() -> problem(p.has('s') && !p.has('m'), "the minutes (mm) are missing"))
        .or(() -> problem(p.has('S') && !p.has('s'), "the seconds (ss) are missing"))
        .or(() -> repeated(p));
  }

  private static Optional<String> repeated(DatePattern p) {
    return p.fields().stream()
        .filter(f -> "EG".indexOf(f.letter()) < 0 && p.count(f.letter()) > 1)
        .map(f -> f + " stands twice")
        .findFirst();
  }
}
