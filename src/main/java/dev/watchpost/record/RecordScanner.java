package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One pass over a record: its fingerprint, and the values at the paths looked for. No tree. */
final class RecordScanner {

  /** Names beyond these (records keyed by ids) are hashed each time they come. */
  private static final int MAX_NAMES = 4_096;

  private final PathNode root;
  private final FoundValues found;
  private final Map<String, Long> names = new HashMap<>();
  private final CanonicalNumber number = new CanonicalNumber();
  private final TextView text = new TextView();
  private JsonParser parser;

  RecordScanner(PathNode root, FoundValues found) {
    this.root = root;
    this.found = found;
  }

  /** From the record's START_OBJECT, at which {@code at} stands, to its END_OBJECT. */
  long scan(JsonParser at) throws IOException {
    parser = at;
    found.clear();
    return object(root);
  }

  private long value(JsonToken token, PathNode node) throws IOException {
    if (node != null) {
      found.take(node, parser);
    }
    return switch (token) {
      case START_OBJECT -> object(node);
      case START_ARRAY -> array(node);
      case VALUE_STRING -> ContentHash.string(text.of(parser));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> ContentHash.TRUE;
      case VALUE_FALSE -> ContentHash.FALSE;
      default -> ContentHash.NULL;
    };
  }

  private long object(PathNode node) throws IOException {
    PathNode looking = node != null && node.hasChildren() ? node : null;
    long sum = 0;
    int count = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      PathNode child = looking == null ? null : looking.child(name);
      long value = value(parser.nextToken(), child);
      if (child == null || !child.ignored()) {
        sum += ContentHash.field(name(name), value);
        count++;
      }
    }
    return ContentHash.object(sum, count);
  }

  private long array(PathNode node) throws IOException {
    PathNode looking = node != null && node.hasChildren() ? node : null;
    long hash = ContentHash.ARRAY;
    int index = 0;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      PathNode child = looking == null ? null : looking.child(index++);
      long value = value(t, child);
      if (child == null || !child.ignored()) {
        hash = ContentHash.element(hash, value);
      }
    }
    return hash;
  }

  private long number() throws IOException {
    return number
        .read(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
        .hash();
  }

  private long name(String name) {
    Long hash = names.get(name);
    if (hash == null) {
      hash = ContentHash.string(name);
      if (names.size() < MAX_NAMES) {
        names.put(name, hash);
      }
    }
    return hash;
  }
}
