package dev.watchpost.resource;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** JSON as strictly as requests are read: no key twice, nothing after the end, numbers kept. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /** Null where {@code text} is no JSON, which {@code report} is told. */
  public static JsonNode read(String text, String path, Report report) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isMissingNode()) {
        return node;
      }
      report.problem(path, "is empty; write a JSON object");
    } catch (JsonProcessingException e) {
      report.problem(path, JsonHint.isCurl(text) ? JsonHint.CURL : reason(e) + JsonHint.of(text));
    }
    return null;
  }

  private static String reason(JsonProcessingException e) {
    String what = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("\\.$", "");
    JsonLocation at = e.getLocation(); // none where it is too deep or too long
    return "is not valid JSON at line %d, column %d: %s"
        .formatted(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), what);
  }

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON", e);
    }
  }

  /** What {@link #write} wrote. */
  public static <T> T read(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON that does not read: " + e.getOriginalMessage());
    }
  }

  public static Map<String, String> readTexts(String text) {
    return read(text, new TypeReference<>() {});
  }

  /** A setting as its flat text: scalars as they are written, objects and lists as JSON. */
  public static String flat(JsonNode value) {
    return value.isValueNode() ? value.asText() : write(value);
  }
}
