package dev.watchpost.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/**
 * How foreign JSON is parsed: at most 200 levels deep, strings up to 16 MiB, numbers up to 1,000
 * characters; any length, for that is bounded in bytes by {@link BoundedInputStream}.
 */
public final class AnswerJson {

  static final int MAX_STRING = 16 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(1_000)
                  .build())
          // our bytes are UTF-8 by then
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** Where a literal is cut off, Jackson complains of the part that came. */
  private static final Pattern HALF_A_WORD =
      Pattern.compile("^Unrecognized token '(t|tr|tru|f|fa|fal|fals|n|nu|nul)'");

  public static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private AnswerJson() {}

  static JsonParser parser(InputStream utf8) throws IOException {
    return FACTORY.createParser(utf8);
  }

  static JsonParser parser(byte[] utf8) throws IOException {
    return FACTORY.createParser(utf8);
  }

  /** In words for the user, without a piece of the answer. */
  static UnusableAnswer unusable(IOException error, KeptBytes bytes) {
    if (error instanceof JsonEOFException || brokeOff(error, bytes)) {
      return new UnusableAnswer("the answer breaks off at byte " + bytes.total(), error);
    }
    if (error instanceof StreamConstraintsException limit) {
      return new UnusableAnswer("the answer is refused: " + limit.getOriginalMessage(), error);
    }
    if (error instanceof JsonProcessingException parse) {
      return new UnusableAnswer(notJson(parse, bytes), error);
    }
    if (error instanceof CharacterCodingException) {
      return new UnusableAnswer("the answer is not written in the charset it names", error);
    }
    String where = bytes.total() == 0 ? "" : " after byte " + bytes.total();
    return new UnusableAnswer("the answer broke off" + where + ": " + error.getMessage(), error);
  }

  private static boolean brokeOff(IOException error, KeptBytes bytes) {
    if (!bytes.ended() || !(error instanceof JsonParseException parse)) {
      return false;
    }
    long left = bytes.total() - at(parse, bytes);
    return left <= 0 || left < 5 && HALF_A_WORD.matcher(parse.getOriginalMessage()).find();
  }

  private static String notJson(JsonProcessingException parse, KeptBytes bytes) {
    String what =
        parse.getOriginalMessage().startsWith("Invalid UTF-8") ? "valid UTF-8" : "valid JSON";
    return "the answer is not " + what + " at byte " + at(parse, bytes);
  }

  private static long at(JsonProcessingException parse, KeptBytes bytes) {
    return bytes.offset(parse.getLocation().getByteOffset());
  }
}
