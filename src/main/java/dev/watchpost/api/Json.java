package dev.watchpost.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The bodies of requests and answers. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /**
   * @throws Refusal 400 that names line and column where it is no JSON
   */
  static JsonNode read(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw Refusal.invalid("", "the body is empty; send a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw Refusal.invalid("", reason(e));
    } catch (IOException e) {
      throw Refusal.invalid("", "the body is not valid JSON: it is not UTF-8 text");
    }
  }

  private static String reason(JsonProcessingException e) {
    String what = e.getOriginalMessage().lines().findFirst().orElse("").replaceAll("\\.$", "");
    JsonLocation at = e.getLocation();
    return "the body is not valid JSON at line %d, column %d: %s"
        .formatted(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), what);
  }

  /** Stored JSON text as a tree; as a text where it is none. */
  static Object stored(String text) {
    try {
      return text == null ? null : MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an answer that is no JSON", e);
    }
  }
}
