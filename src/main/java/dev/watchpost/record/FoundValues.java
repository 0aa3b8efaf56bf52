package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** What stands at the paths looked for, one slot each. Reused from record to record. */
final class FoundValues {

  private final JsonToken[] tokens;
  private final String[] texts;
  private final boolean[] exact;
  private final CanonicalNumber number = new CanonicalNumber();

  FoundValues(int slots) {
    tokens = new JsonToken[slots];
    texts = new String[slots];
    exact = new boolean[slots];
  }

  void clear() {
    Arrays.fill(tokens, null);
    Arrays.fill(texts, null);
    Arrays.fill(exact, false);
  }

  /** Takes the parser's value, or the start of one, into the slots of {@code node}. */
  void take(PathNode node, JsonParser parser) throws IOException {
    for (int slot : node.nested()) {
      if (!exact[slot]) {
        put(slot, parser);
      }
    }
    for (int slot : node.exact()) {
      put(slot, parser);
      exact[slot] = true;
    }
  }

  private void put(int slot, JsonParser parser) throws IOException {
    tokens[slot] = parser.currentToken();
    texts[slot] = text(parser);
  }

  private String text(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numberText(parser);
      case START_OBJECT -> "{}";
      default -> null;
    };
  }

  private String numberText(JsonParser parser) throws IOException {
    return number
        .read(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
        .plain();
  }

  /** Null where nothing was found; a start where an object or array stands. */
  JsonToken token(int slot) {
    return tokens[slot];
  }

  /**
   * The scalar's text, numbers in plain digits, <code>{}</code> for an object; null where missing,
   * null, empty, an array, or a number of over 1,000 digits.
   */
  String text(int slot) {
    String text = texts[slot];
    return text == null || text.isEmpty() ? null : text;
  }
}
