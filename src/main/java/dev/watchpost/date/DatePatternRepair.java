package dev.watchpost.date;

import dev.watchpost.date.DatePattern.Field;
import dev.watchpost.date.DatePattern.Item;
import dev.watchpost.date.DatePattern.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Guesses the sound pattern behind a broken one, for the error message. */
final class DatePatternRepair {
  private DatePatternRepair() {}

  /** A pattern that works, or empty where none is near. */
  static Optional<String> suggest(String text, boolean reading) {
    Optional<String> word = reading ? ForeignPattern.word(text) : Optional.empty();
    if (word.isPresent()) {
      return word;
    }
    String repaired = repair(ForeignPattern.translated(text));
    return !repaired.equals(text) && DatePatternCheck.sound(repaired, reading)
        ? Optional.of(repaired)
        : Optional.empty();
  }

  private static String repair(String text) {
    List<Item> items = new ArrayList<>();
    List<Item> written = split(text);
    boolean days =
        written.stream().filter(i -> i instanceof Field f && f.letter() == 'd').count() > 1;
    for (Item item : written) {
      items.add(item instanceof Field field ? repaired(field, days) : item);
    }
    mixedUp(items);
    return DatePattern.render(items);
  }

  /** Where the quotes are unbalanced, all are taken away and set anew. */
  private static List<Item> split(String text) {
    try {
      DatePattern pattern = DatePattern.parse(text);
      return pattern.quotedFields().isPresent() ? requoted(text) : pattern.items();
    } catch (InvalidDateSetting unbalanced) {
      return requoted(text);
    }
  }

  private static List<Item> requoted(String text) {
    boolean quotedZ = text.matches(".*('Z|Z').*");
    String bare = text.replace("'", "");
    return DatePattern.parse(quotedZ ? bare.replace("Z", "'Z'") : bare).items();
  }

  /**
   * @param days whether there are several fields of days
   */
  private static Item repaired(Field field, boolean days) {
    int count = field.count();
    return switch (field.letter()) {
      case 'Y', 'y' -> new Field('y', count == 2 ? 2 : 4);
      case 'M', 'L' -> new Field(field.letter(), Math.min(count, 4));
      // dddd is the weekday in .NET and Moment
      case 'd' -> count > 2 && days ? new Field('E', count) : new Field('d', Math.min(count, 2));
      case 'H', 'h', 'm', 's', 'k', 'K' -> new Field(field.letter(), Math.min(count, 2));
      case 'S' -> new Field('S', Math.min(count, 9));
      case 'f', 'F', 'n' -> new Field('S', Math.min(count, 9));
      case 'X', 'x' -> new Field('X', Math.min(count, 3));
      case 'V', 'v', 'O' -> new Field('z', 1);
      case 't', 'A' -> new Field('a', 1);
      case 'D', 'z', 'Z', 'a', 'E', 'u', 'G' -> field;
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
