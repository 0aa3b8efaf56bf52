package dev.watchpost.date;

import dev.watchpost.date.DatePattern.Field;
import dev.watchpost.date.DatePattern.Item;
import dev.watchpost.date.DatePattern.Text;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What works in a pattern, but probably not as meant. */
final class OddPattern {
  private static final Pattern ODD_TEXT =
      Pattern.compile(
          "(?s).*(?:[^\\p{L}\\p{N}\\s,.:/_()'+-]|[-/:.,+][-/:.,+]).*|[^A-Za-z]*'[^A-Za-z]*");
  private static final Pattern ODD_LETTERS =
      Pattern.compile("[A-Za-z/:,.+-][TZ]|[TZ][A-Za-z/:,.+-]");

  private OddPattern() {}

  static List<String> warnings(DatePattern pattern, ZoneId zone) {
    List<String> warnings = new ArrayList<>();
    if (pattern.has('a') && (pattern.has('H') || pattern.has('k'))) {
      warnings.add("AM/PM (a) beside a 24-hour clock (HH): did you mean hh?");
    }
    if (!Zones.isUtc(zone) && endsWithZ(pattern)) {
      warnings.add("the quoted 'Z' says UTC, but the time is of zone " + zone.getId());
    }
    pattern.fields().stream()
        .filter(field -> field.numeric() && pattern.count(field.letter()) > 1)
        .findFirst()
        .ifPresent(field -> warnings.add(field + " stands twice"));
    if (pattern.fields().stream().filter(Field::isOffset).count() > 1) {
      warnings.add("it holds two offsets");
    }
    if (halfTouching(pattern.items(), "yMd") || halfTouching(pattern.items(), "Hhms")) {
      warnings.add("some of its numbers touch and some do not");
    }
    pattern.items().stream()
        .filter(item -> item instanceof Text text && odd(text, pattern))
        .findFirst()
        .ifPresent(text -> warnings.add("the text " + text + " among its letters is odd"));
    return warnings;
  }

  /** {@code yyyyMM-dd}, {@code HHmm:ss}: a sign was lost. */
  private static boolean halfTouching(List<Item> items, String letters) {
    int touching = 0;
    int apart = 0;
    int last = -1;
    for (int i = 0; i < items.size(); i++) {
      boolean ours =
          items.get(i) instanceof Field f && f.numeric() && letters.indexOf(f.letter()) >= 0;
      if (ours && last >= 0) {
        touching += last == i - 1 ? 1 : 0;
        apart += last == i - 1 ? 0 : 1;
      }
      last = ours ? i : last;
    }
    return touching > 0 && apart > 0;
  }

  private static boolean odd(Text text, DatePattern pattern) {
    boolean first = pattern.items().get(0) == text;
    return ODD_TEXT.matcher(text.value()).matches()
        || ODD_LETTERS.matcher(text.value()).matches()
        || (first && pattern.items().size() > 1 && text.value().matches("[-/.:,].*"));
  }

  /** True where the text Z closes the pattern. */
  private static boolean endsWithZ(DatePattern pattern) {
    List<Item> items = pattern.items();
    return !items.isEmpty() && items.get(items.size() - 1).equals(new Text("Z"));
  }
}
