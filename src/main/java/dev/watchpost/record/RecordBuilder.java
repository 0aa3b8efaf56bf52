package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.watchpost.resource.FieldPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes a record, or a bad one, of the array element at which the parser stands. */
final class RecordBuilder {

  private static final int MAX_ID = 1_000;
  private static final int MAX_EXCERPT = 200;

  private final JsonParser parser;
  private final KeptBytes bytes;
  private final List<FieldPath> ids;
  private final FoundValues found;
  private final RecordScanner scanner;
  private final RecordSkimmer skimmer;
  private final KnownRecords known;
  private boolean skimming;

  /**
   * @param known records that may be passed over where they come just so again; null: none
   */
  RecordBuilder(JsonParser parser, KeptBytes bytes, RecordShape shape, KnownRecords known) {
    this.parser = parser;
    this.bytes = bytes;
    this.known = known;
    ids = shape.id();
    found = new FoundValues(ids.size() + 3);
    scanner = new RecordScanner(paths(shape), found);
    skimmer = new RecordSkimmer(parser, ids(shape), found);
    skimming = known != null && !known.isEmpty();
    if (skimming) {
      bytes.sip();
    }
  }

  private static PathNode ids(RecordShape shape) {
    PathNode root = new PathNode();
    int slot = 0;
    for (FieldPath id : shape.id()) {
      root.add(id, slot++);
    }
    return root;
  }

  private static PathNode paths(RecordShape shape) {
    PathNode root = ids(shape);
    int slot = shape.id().size();
    root.add(shape.updated(), slot++);
    root.add(shape.created(), slot++);
    root.add(shape.deleted(), slot);
    shape.ignore().forEach(root::ignore);
    return root;
  }

  /** The record at which the parser stands has begun. */
  void start() {
    bytes.start(
        parser.currentTokenLocation().getByteOffset(),
        known == null ? 0 : known.length(known.expected()));
  }

  /**
   * Passes over the elements that come next while each is the record that was shown next the last
   * time, known just as it is.
   *
   * @return how many
   */
  int pass(BatchBuilder batch, RecordLimits limits) throws IOException {
    int passed = 0;
    boolean first = parser.currentToken() == JsonToken.START_ARRAY;
    if (skimming && !first && bytes.taken(parser.currentLocation().getByteOffset())) {
      while (!batch.full(limits) && passed(batch)) {
        passed++;
      }
    }
    return passed;
  }

  private boolean passed(BatchBuilder batch) throws IOException {
    int place = known.expected();
    boolean same =
        known.length(place) > 0
            && !batch.shows(known.id(place))
            && bytes.pass(known.length(place), known.hash(place));
    if (same) {
      known.meet(place);
      batch.unchanged(known.id(place));
    }
    return same;
  }

  /** Id of the record passed over last. */
  String passedId() throws IOException {
    read(bytes.passed());
    return id();
  }

  /**
   * Reads the object to its end and adds it to the batch as what it is. While records come as they
   * are known, each is only skimmed; the first that does not is read once more from its bytes.
   */
  void object(BatchBuilder batch) throws IOException {
    boolean skimmed = skimming;
    long fingerprint = 0;
    if (skimmed) {
      skimmer.skim();
    } else {
      fingerprint = scanner.scan(parser);
    }
    long end = parser.currentLocation().getByteOffset();
    skimming = known != null && unchanged(batch, end);
    if (skimming) {
      return;
    }
    byte[] json = bytes.end(end);
    if (skimmed && json != null) {
      fingerprint = read(json);
    }
    String reason = reason(json);
    if (reason == null) {
      batch.add(record(json, fingerprint));
    } else {
      batch.add(new BadRecord(knownId(), reason, excerpt(json == null ? bytes.beginning() : json)));
    }
  }

  private boolean unchanged(BatchBuilder batch, long end) {
    if (!bytes.whole() || !idsFound()) {
      return false;
    }
    String id = id();
    long idHash = KnownRecords.idHash(id);
    int place = known.place(idHash);
    known.meet(place);
    boolean same =
        known.length(place) == bytes.length(end)
            && known.hash(place) == bytes.hash(end)
            && !batch.shows(idHash);
    if (same) {
      bytes.drop();
      batch.unchanged(id, idHash);
    }
    return same;
  }

  private long read(byte[] json) throws IOException {
    try (JsonParser again = AnswerJson.parser(json)) {
      again.nextToken();
      return scanner.scan(again);
    }
  }

  /** Reads the root object to its end; null where it is no record. */
  SourceRecord root() throws IOException {
    long fingerprint = scanner.scan(parser);
    byte[] json = bytes.end(parser.currentLocation().getByteOffset());
    return reason(json) == null ? record(json, fingerprint) : null;
  }

  private SourceRecord record(byte[] json, long fingerprint) {
    int dates = ids.size();
    return new SourceRecord(
        id(), json, fingerprint, found.text(dates), found.text(dates + 1), found.text(dates + 2));
  }

  /** Reads an element that is no object to its end. */
  BadRecord notAnObject() throws IOException {
    JsonToken token = parser.currentToken();
    String excerpt;
    if (token == JsonToken.START_ARRAY) {
      parser.skipChildren();
      byte[] json = bytes.end(parser.currentLocation().getByteOffset());
      excerpt = excerpt(json == null ? bytes.beginning() : json);
    } else {
      excerpt = cut(parser.getText());
    }
    return new BadRecord(null, "it is " + kind(token) + ", not an object", excerpt);
  }

  private String reason(byte[] json) {
    String reason = null;
    for (int slot = 0; slot < ids.size() && reason == null; slot++) {
      reason = idReason(slot);
    }
    if (reason == null && id().length() > MAX_ID) {
      reason = "its id at %s is longer than %,d characters".formatted(ids.get(0), MAX_ID);
    }
    return reason == null && json == null ? "it is too large" : reason;
  }

  private String idReason(int slot) {
    JsonToken token = found.token(slot);
    String path = ids.get(slot).text();
    if (token == null) {
      return "it has no " + path;
    }
    if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
      return "its %s is %s, not an id".formatted(path, kind(token));
    }
    String text = found.text(slot);
    if (text == null && token.isNumeric()) {
      return "its id at %s is longer than %,d characters".formatted(path, MAX_ID);
    }
    return text == null || text.isBlank() ? "its %s is blank".formatted(path) : null;
  }

  private String knownId() {
    return idsFound() ? cut(id()) : null;
  }

  private boolean idsFound() {
    for (int slot = 0; slot < ids.size(); slot++) {
      if (idReason(slot) != null) {
        return false;
      }
    }
    return !ids.isEmpty();
  }

  private String id() {
    if (ids.size() == 1) {
      return found.text(0);
    }
    StringBuilder id = new StringBuilder();
    for (int slot = 0; slot < ids.size(); slot++) {
      id.append(slot == 0 ? "" : "|").append(found.text(slot));
    }
    return id.toString();
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_STRING -> "a string";
      default -> "a number";
    };
  }

  private static String excerpt(byte[] json) {
    int length = Math.min(json.length, 4 * MAX_EXCERPT);
    return cut(new String(json, 0, length, StandardCharsets.UTF_8));
  }

  private static String cut(String text) {
    if (text.length() <= MAX_EXCERPT) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(MAX_EXCERPT - 1)) ? MAX_EXCERPT - 1 : MAX_EXCERPT;
    return text.substring(0, end);
  }
}
