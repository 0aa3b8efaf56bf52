package dev.watchpost.date;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A SimpleDateFormat pattern taken apart.
 *
 * @param text as the user wrote it
 */
record DatePattern(String text, List<Item> items) {
  /** The part of a literal text that needs quotes. */
  private static final Pattern LETTERED =
      Pattern.compile("[A-Za-z'](.*[A-Za-z'])?", Pattern.DOTALL);

  private static final Pattern LONE_QUOTE = Pattern.compile("(?<![A-Za-z])'|'(?![A-Za-z])");

  private static final Pattern FIELDS = Pattern.compile("yyyy|MM[-/]|HH|mm:|ss\\b|SSS");

  sealed interface Item {}

  /** A run of one letter: {@code yyyy}. */
  record Field(char letter, int count) implements Item {
    boolean numeric() {
      return "yudDHhKkmsS".indexOf(letter) >= 0 || (isMonth() && count <= 2);
    }

    boolean isMonth() {
      return letter == 'M' || letter == 'L';
    }

    boolean isOffset() {
      return letter == 'Z' || letter == 'X' || letter == 'z';
    }

    @Override
    public String toString() {
      return String.valueOf(letter).repeat(count);
    }
  }

  /** Literal text, without its quotes. */
  record Text(String value) implements Item {
    @Override
    public String toString() {
      return LETTERED.matcher(value).replaceAll(m -> quoted(m.group()));
    }

    private static String quoted(String text) {
      return Matcher.quoteReplacement("'" + text.replace("'", "''") + "'");
    }
  }

  DatePattern {
    items = List.copyOf(items);
  }

  /**
   * @throws InvalidDateSetting where the quotes are unbalanced; what the letters mean is not
   *     checked
   */
  static DatePattern parse(String text) {
    return new DatePattern(text, new Splitter(text).split());
  }

  boolean has(char letter) {
    return count(letter) > 0;
  }

  /** How many fields have this letter. */
  int count(char letter) {
    return (int) fields().stream().filter(f -> f.letter() == letter).count();
  }

  /** Where the first field of these letters stands among the fields; -1 where there is none. */
  int indexOf(String letters) {
    List<Field> fields = fields();
    for (int i = 0; i < fields.size(); i++) {
      if (letters.indexOf(fields.get(i).letter()) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Text that looks as if it should be fields: {@code HH:mm} within quotes. */
  Optional<String> quotedFields() {
    return items.stream()
        .filter(item -> item instanceof Text text && FIELDS.matcher(text.value()).find())
        .map(item -> ((Text) item).value())
        .findFirst();
  }

  /** A quote that is text, as {@code ''} writes it, without its other half; o'clock has none. */
  boolean holdsStrayQuote() {
    long quotes =
        items.stream()
            .filter(item -> item instanceof Text)
            .mapToLong(item -> LONE_QUOTE.matcher(((Text) item).value()).results().count())
            .sum();
    return quotes % 2 == 1;
  }

  boolean hasMonth() {
    return fields().stream().anyMatch(Field::isMonth);
  }

  boolean hasOffset() {
    return fields().stream().anyMatch(Field::isOffset);
  }

  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Field field) {
        fields.add(field);
      }
    }
    return fields;
  }

  /** The pattern written again from its items. */
  static String render(List<Item> items) {
    return items.stream().map(Item::toString).collect(Collectors.joining());
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static final class Splitter {
    private final String text;
    private final List<Item> items = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    Splitter(String text) {
      this.text = text;
    }

    List<Item> split() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\'') {
          quoted();
        } else if (isLetter(c)) {
          field(c);
        } else {
          literal.append(c);
          at++;
        }
      }
      flush();
      return items;
    }

    private void field(char letter) {
      flush();
      int start = at;
      while (at < text.length() && text.charAt(at) == letter) {
        at++;
      }
      items.add(new Field(letter, at - start));
    }

    private void quoted() {
      if (text.startsWith("''", at)) {
        literal.append('\'');
        at += 2;
        return;
      }
      for (at++; at < text.length(); at++) {
        boolean quote = text.charAt(at) == '\'';
        if (quote && !text.startsWith("''", at)) {
          at++;
          return;
        }
        literal.append(text.charAt(at));
        at += quote ? 1 : 0;
      }
      throw new InvalidDateSetting("a quote is left open");
    }

    private void flush() {
      if (literal.length() > 0) {
        items.add(new Text(literal.toString()));
        literal.setLength(0);
      }
    }
  }
}
