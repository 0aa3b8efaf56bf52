package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks through a root object for its records: the only direct field with a non-empty array of
 * objects. The first element tells what an array holds.
 *
 * @param field null where there is none
 * @param anyArray the object has an array at all, empty ones too
 */
record RecordsFinder(String field, boolean anyArray) {

  /**
   * @throws UnusableAnswer where two fields could be meant
   */
  static RecordsFinder look(JsonParser parser) throws IOException {
    List<String> candidates = new ArrayList<>();
    boolean anyArray = false;
    parser.nextToken();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        anyArray = true;
        if (holdsObjects(parser)) {
          candidates.add(name);
        }
      } else {
        parser.skipChildren();
      }
    }
    return new RecordsFinder(only(candidates), anyArray);
  }

  private static boolean holdsObjects(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    for (JsonToken t = first; t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      parser.skipChildren();
    }
    return first == JsonToken.START_OBJECT;
  }

  private static String only(List<String> candidates) {
    if (candidates.size() > 1) {
      throw new UnusableAnswer(
          "the answer has records under \"%s\" and \"%s\": set recordsPath to one of them"
              .formatted(candidates.get(0), candidates.get(1)));
    }
    return candidates.isEmpty() ? null : candidates.get(0);
  }
}
