package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Passes over a record for its id alone: no fingerprint, no text but the id's. Enough for a record
 * that is known byte for byte.
 */
final class RecordSkimmer {
  private final JsonParser parser;
  private final PathNode root;
  private final FoundValues found;

  RecordSkimmer(JsonParser parser, PathNode ids, FoundValues found) {
    this.parser = parser;
    this.root = ids;
    this.found = found;
  }

  /** From the record's START_OBJECT to its END_OBJECT. */
  void skim() throws IOException {
    found.clear();
    object(root);
  }

  private void object(PathNode node) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      value(token, node.child(name));
    }
  }

  private void array(PathNode node) throws IOException {
    int index = 0;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      value(t, node.child(index++));
    }
  }

  private void value(JsonToken token, PathNode node) throws IOException {
    if (node != null) {
      found.take(node, parser);
    }
    if (node == null || !node.hasChildren()) {
      parser.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      object(node);
    } else if (token == JsonToken.START_ARRAY) {
      array(node);
    }
  }
}
