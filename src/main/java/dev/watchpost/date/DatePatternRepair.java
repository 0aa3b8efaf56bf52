package dev.watchpost.date;

import dev.watchpost.date.DatePattern.Field;
import dev.watchpost.date.DatePattern.Item;
import dev.watchpost.date.DatePattern.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guesses the sound pattern behind a broken one, for the error message. */
final class DatePatternRepair {
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("ms", "milliseconds"),
          Map.entry("millis", "milliseconds"),
          Map.entry("epoch", "milliseconds"),
          Map.entry("timestamp", "milliseconds"),
          Map.entry("sec", "seconds"),
          Map.entry("unix", "seconds"),
          Map.entry("us", "microseconds"),
          Map.entry("micros", "microseconds"));

  private static final Map<String, String> STRFTIME =
      Map.of(
          "%Y",
          "yyyy", "%m", "MM", "%d", "dd", "%H", "HH", "%M", "mm", "%S", "ss", "%f", "SSSSSS", "%z",
          "Z");

  private DatePatternRepair() {}

  /** A pattern that works, or empty where none is near. */
  static Optional<String> suggest(String text, boolean reading) {
    Optional<String> word = reading ? word(text) : Optional.empty();
    if (word.isPresent()) {
      return word;
    }
    String repaired = repair(unescaped(text));
    return !repaired.equals(text) && DatePatternCheck.sound(repaired, reading)
        ? Optional.of(repaired)
        : Optional.empty();
  }

  private static Optional<String> word(String text) {
    String word = text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    if (word.startsWith("iso")) {
      return Optional.of("an empty format, which detects ISO 8601");
    }
    return Optional.ofNullable(WORDS.get(word))
        .or(() -> Suggestion.nearest(word, List.of("milliseconds", "seconds", "microseconds")));
  }

  private static String unescaped(String text) {
    String plain = text.replace("'\\''", "'").replaceAll("[\u2018\u2019`\u00b4\"]", "'");
    for (Map.Entry<String, String> directive : STRFTIME.entrySet()) {
      plain = plain.replace(directive.getKey(), directive.getValue());
    }
    return plain;
  }

  private static String repair(String text) {
    List<Item> items = new ArrayList<>();
    for (Item item : split(text)) {
      items.add(item instanceof Field field ? repaired(field) : item);
    }
    mixedUp(items);
    return DatePattern.render(items);
  }

  /** Where the quotes are unbalanced, all are taken away and set anew. */
  private static List<Item> split(String text) {
    try {
      return DatePattern.parse(text).items();
    } catch (InvalidDateSetting unbalanced) {
      boolean quotedZ = text.matches(".*('Z|Z').*");
      String bare = text.replace("'", "");
      return DatePattern.parse(quotedZ ? bare.replace("Z", "'Z'") : bare).items();
    }
  }

  private static Item repaired(Field field) {
    return switch (field.letter()) {
      case 'Y' -> new Field('y', field.count() == 2 ? 2 : 4);
      case 'y' -> new Field('y', field.count() == 3 || field.count() > 4 ? 4 : field.count());
      case 'M', 'd', 'H', 'h', 'm', 's', 'S', 'X', 'D', 'k', 'K' -> field;
      case 'z', 'Z', 'a', 'E', 'u', 'G', 'L' -> field;
      default -> new Text(field.toString());
    };
  }

  /** Letters in the wrong case: days as DD, the month as mm, minutes as MM, seconds as SS. */
  private static void mixedUp(List<Item> items) {
    boolean afterHours = false;
    boolean seconds = items.stream().anyMatch(i -> i instanceof Field f && f.letter() == 's');
    boolean halfDay = items.stream().anyMatch(i -> i instanceof Field f && f.letter() == 'a');
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Field field) {
        afterHours |= "HhkK".indexOf(field.letter()) >= 0;
        items.set(i, new Field(meant(field, afterHours, seconds, halfDay), field.count()));
      }
    }
  }

  private static char meant(Field field, boolean afterHours, boolean seconds, boolean halfDay) {
    return switch (field.letter()) {
      case 'D' -> field.count() <= 2 ? 'd' : 'D';
      case 'm' -> afterHours ? 'm' : 'M';
      case 'M' -> afterHours && field.count() <= 2 ? 'm' : 'M';
      case 'S' -> seconds ? 'S' : 's';
      case 'h' -> halfDay ? 'h' : 'H';
      case 'K' -> halfDay ? 'K' : 'H';
      default -> field.letter();
    };
  }
}
