package dev.watchpost.date;

import dev.watchpost.date.DatePattern.Field;
import dev.watchpost.date.DatePattern.Item;
import dev.watchpost.date.DatePattern.Text;
import java.text.DateFormatSymbols;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns a pattern into steps. Numbers that touch each other have as many digits as letters; others
 * may lack leading zeros. A fraction after the seconds is optional, as is an offset at the end of a
 * pattern that has none.
 */
final class PatternSteps {
  private static final DateFormatSymbols NAMES = DateFormatSymbols.getInstance(Locale.ENGLISH);

  private final DatePattern pattern;
  private final List<Item> items;
  private final List<PatternStep> steps = new ArrayList<>();

  PatternSteps(DatePattern pattern) {
    this.pattern = pattern;
    this.items = pattern.items();
  }

  List<PatternStep> compile() {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Field field) {
        steps.add(field(field, touches(i)));
        i += field.letter() == 's' ? fraction(i) : 0;
      } else if (items.get(i) instanceof Text text) {
        steps.add(literal(text, i == items.size() - 1));
      }
    }
    if (!pattern.hasOffset() && pattern.has('m')) {
      steps.add(PatternSteps::trailingOffset);
    }
    return List.copyOf(steps);
  }

  private boolean touches(int i) {
    return numeric(i - 1) || numeric(i + 1);
  }

  private boolean numeric(int i) {
    return i >= 0 && i < items.size() && items.get(i) instanceof Field f && f.numeric();
  }

  /** Makes the fraction after the seconds optional; answers how many items that takes. */
  private int fraction(int seconds) {
    Item next = seconds + 1 < items.size() ? items.get(seconds + 1) : new Text("");
    boolean point = next.equals(new Text(".")) || next.equals(new Text(","));
    if (point && isFraction(seconds + 2) && !numeric(seconds + 3)) {
      steps.add(PatternSteps::optionalFraction);
      return 2;
    }
    boolean otherPoint = next instanceof Text text && text.value().matches("[.,].*");
    if (!otherPoint && !numeric(seconds + 1)) {
      steps.add(PatternSteps::optionalFraction);
    }
    return 0;
  }

  private boolean isFraction(int i) {
    return i < items.size() && items.get(i) instanceof Field f && f.letter() == 'S';
  }

  private static boolean optionalFraction(Scan s) {
    if (s.peek() != '.' && s.peek() != ',') {
      return true;
    }
    s.at++;
    return s.fraction(Integer.MAX_VALUE);
  }

  /** The text Z at the end stands for the configured zone, unless the text gives an offset. */
  private PatternStep literal(Text text, boolean last) {
    if (last && text.equals(new Text("Z")) && !pattern.hasOffset() && pattern.has('m')) {
      return s -> s.literal("Z") || true;
    }
    String value = text.value().replaceAll(" +", " ");
    return s -> s.literal(value);
  }

  private static boolean trailingOffset(Scan s) {
    s.skipBlanks();
    return s.atEnd() || ZoneText.read(s);
  }

  private static PatternStep field(Field field, boolean fixed) {
    int digits = field.count();
    return switch (field.letter()) {
      case 'y' -> year(digits, fixed);
      case 'M', 'L' -> month(digits, fixed);
      case 'd' -> s -> (s.day = two(s, digits, fixed)) >= 1;
      case 'D' -> s -> (s.dayOfYear = s.number(fixed ? digits : 1, fixed ? digits : 3)) >= 1;
      case 'H' -> s -> (s.hour = two(s, digits, fixed)) >= 0;
      case 'k' -> s -> (s.hour = upTo(24, two(s, digits, fixed))) >= 0 && (s.hour %= 24) >= 0;
      case 'h' -> s -> (s.hour = upTo(12, two(s, digits, fixed))) >= 1;
      case 'K' -> s -> (s.hour = upTo(11, two(s, digits, fixed))) >= 0;
      case 'm' -> s -> (s.minute = two(s, digits, fixed)) >= 0;
      case 's' -> s -> (s.second = two(s, digits, fixed)) >= 0;
      case 'S' -> s -> s.fraction(fixed ? digits : Integer.MAX_VALUE);
      case 'a' -> s -> (s.halfDay = s.name(NAMES.getAmPmStrings())) >= 0;
      case 'E' -> names(NAMES.getWeekdays(), NAMES.getShortWeekdays());
      case 'G' -> s -> s.name(new String[] {"AD"}) == 0;
      case 'u' -> s -> s.number(1, 1) >= 1;
      default -> ZoneText::read;
    };
  }

  private static int two(Scan s, int digits, boolean fixed) {
    return fixed ? s.number(digits, digits) : s.number(1, 2);
  }

  private static int upTo(int max, int value) {
    return value > max ? -1 : value;
  }

  /** Two digits are a year from 80 years ago to 19 years ahead, as in SimpleDateFormat. */
  private static PatternStep year(int digits, boolean fixed) {
    if (digits > 2) {
      return s -> (s.year = s.number(4, 4)) >= 1;
    }
    int first = LocalDate.now(ZoneOffset.UTC).getYear() - 80;
    return s -> {
      int start = s.at;
      int year = s.number(2, fixed ? 2 : 4);
      boolean abbreviated = s.at - start == 2;
      s.year = abbreviated ? first + Math.floorMod(year - first, 100) : year;
      return year >= 0;
    };
  }

  private static PatternStep month(int letters, boolean fixed) {
    if (letters <= 2) {
      return s -> (s.month = two(s, letters, fixed)) >= 1;
    }
    String[] full = NAMES.getMonths();
    String[] brief = NAMES.getShortMonths();
    return s -> {
      int month = s.name(full);
      s.month = 1 + (month >= 0 ? month : s.name(brief));
      return s.month >= 1;
    };
  }

  /** Weekdays are read over: the date decides. */
  private static PatternStep names(String[] full, String[] brief) {
    return s -> s.name(full) >= 0 || s.name(brief) >= 0;
  }
}
