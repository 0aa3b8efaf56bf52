package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.watchpost.resource.FieldPath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks an answer around its records: stops at each place where they stand, takes the paging value
 * before or after them, skips the rest, and sees the document to its proper end.
 */
final class Envelope {

  /** Where the walk stopped. */
  enum Stop {
    /** Inside an array of records. */
    ARRAY,
    /** At the start of an object that is the record. */
    OBJECT,
    /** The document is over. */
    END
  }

  private static final int RECORDS = 0;
  private static final int VALUE = 1;
  private static final int FLAG = 2;

  private final JsonParser parser;
  private final PathNode root;
  private final FoundValues found = new FoundValues(3);
  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean rootMet;
  private boolean recordsMet;

  private Envelope(JsonParser parser, PathNode root) {
    this.parser = parser;
    this.root = root;
  }

  private Envelope looking(RecordShape shape) {
    root.add(shape.value(), VALUE);
    root.add(shape.flag(), FLAG);
    return this;
  }

  /** The whole answer is the records. */
  static Envelope ofRoot(JsonParser parser) {
    PathNode root = new PathNode();
    root.slot(RECORDS);
    return new Envelope(parser, root);
  }

  /** The records stand in a field of the root object. */
  static Envelope ofField(JsonParser parser, String name, RecordShape shape) {
    PathNode root = new PathNode();
    root.field(name).slot(RECORDS);
    return new Envelope(parser, root).looking(shape);
  }

  /** The records stand at a path; null: nowhere. */
  static Envelope ofPath(JsonParser parser, FieldPath records, RecordShape shape) {
    PathNode root = new PathNode();
    root.add(records, RECORDS);
    return new Envelope(parser, root).looking(shape);
  }

  /** On to the next records. After an ARRAY the caller has read up to its end. */
  Stop next() throws IOException {
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token.isStructEnd()) {
        levels.pop();
      } else if (token != JsonToken.FIELD_NAME) {
        Stop stop = value(token, levels.isEmpty() ? rootNode() : levels.peek().node(parser));
        if (stop != null) {
          return stop;
        }
      }
    }
    if (!rootMet) {
      throw new UnusableAnswer("the answer is empty where JSON was expected");
    }
    return Stop.END;
  }

  private PathNode rootNode() {
    if (rootMet) {
      throw new UnusableAnswer("the answer goes on after the end of its JSON document");
    }
    rootMet = true;
    return root;
  }

  private Stop value(JsonToken token, PathNode node) throws IOException {
    if (node == null) {
      parser.skipChildren();
      return null;
    }
    found.take(node, parser);
    if (holdsRecords(node) && token != JsonToken.VALUE_NULL) {
      return records(token);
    }
    if (token.isStructStart()) {
      enter(token, node);
    }
    return null;
  }

  private void enter(JsonToken token, PathNode node) throws IOException {
    if (token == JsonToken.START_OBJECT || node != root || root.indexed()) {
      levels.push(new Level(node, token == JsonToken.START_ARRAY));
    } else if (parser.nextToken() != JsonToken.END_ARRAY) {
      // a recordsPath that names a field would pass over the records of a root array unseen
      throw new UnusableAnswer("the answer is an array: recordsPath does not fit it");
    }
  }

  private static boolean holdsRecords(PathNode node) {
    return contains(node.nested()) || contains(node.exact());
  }

  private static boolean contains(int[] slots) {
    for (int slot : slots) {
      if (slot == RECORDS) {
        return true;
      }
    }
    return false;
  }

  private Stop records(JsonToken token) {
    if (!token.isStructStart()) {
      throw new UnusableAnswer("records were expected where the answer holds a single value");
    }
    if (recordsMet) {
      throw new UnusableAnswer("the answer holds the field of its records twice");
    }
    recordsMet = true;
    return token == JsonToken.START_ARRAY ? Stop.ARRAY : Stop.OBJECT;
  }

  /** The paging value, once the walk is over; null where there is none. */
  String value() {
    return found.text(VALUE);
  }

  /** Whether more pages follow, once the walk is over; null where nothing is said. */
  String flag() {
    return found.text(FLAG);
  }

  /** An object or array on the way to something looked for. */
  private static final class Level {

    private final PathNode node;
    private final boolean array;
    private int index;

    Level(PathNode node, boolean array) {
      this.node = node;
      this.array = array;
    }

    PathNode node(JsonParser parser) throws IOException {
      return array ? node.child(index++) : node.child(parser.currentName());
    }
  }
}
