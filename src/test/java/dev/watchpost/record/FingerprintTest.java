package dev.watchpost.record;

import static dev.watchpost.record.Answers.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FingerprintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "1 ; 1.0",
        "1 ; 1e0",
        "1 ; 10e-1",
        "0 ; -0.0",
        "0 ; 0e9",
        "100 ; 1E+2",
        "0.05 ; 5e-2",
        "12345678901234567890123 ; 12345678901234567890123.0",
        "\"A\" ; \"\\u0041\"",
        "\"/\" ; \"\\/\"",
        "\"😀\" ; \"\\ud83d\\ude00\"",
        "{\"a\":1,\"b\":2} ; { \"b\":2 , \"a\":1 }",
        "[1,2] ; [ 1.0, 2 ]"
      })
  void form_does_not_count(String one, String other) {
    assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "1 ; \"1\"",
        "1 ; -1",
        "1 ; 10",
        "null ; \"\"",
        "null ; false",
        "{} ; []",
        "[] ; [null]",
        "[1,2] ; [2,1]",
        "[[1],2] ; [1,[2]]",
        "{\"a\":null} ; {}",
        "{\"a\":1,\"b\":2} ; {\"a\":2,\"b\":1}",
        "{\"a\":{\"b\":1}} ; {\"b\":{\"a\":1}}",
        "12345678901234567890123 ; 12345678901234567890124"
      })
  void content_counts(String one, String other) {
    assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
  }

  @Test
  void ignored_fields_are_left_out_with_all_below() {
    assertThat(fingerprint("{\"a\":1,\"b\":{\"c\":1}}", "x.b"))
        .isEqualTo(fingerprint("{\"a\":1,\"b\":[2]}", "x.b"))
        .isEqualTo(fingerprint("{\"a\":1}", "x.b"))
        .isNotEqualTo(fingerprint("{\"a\":2}", "x.b"));
  }

  /** Fingerprints are stored for years: these values must never change. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "1 ; -4652308752510808384",
        "{\"b\":[1,\"ä\",null],\"a\":{\"x\":true}} ; 1310884871619368481",
        "12345678901234567890.5e-3 ; 5360054638529008657",
        "[false,\"\",{}] ; 4710236761185030087"
      })
  void fingerprint_is_the_same_in_every_release(String record, long fingerprint) {
    assertThat(fingerprint(record)).isEqualTo(fingerprint);
  }

  @Test
  void random_records_have_equal_fingerprints_exactly_where_their_content_is_equal()
      throws Exception {
    Random random = new Random(20180820);
    ObjectMapper json = new ObjectMapper();
    Map<String, Long> byContent = new HashMap<>();
    Map<Long, String> byFingerprint = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String text = new RandomJson(random).object(3);
      SourceRecord record =
          Answers.records("[{\"id\":" + i + ",\"x\":" + text + "}]", Answers.BY_ID).get(0);
      JsonNode tree = json.readTree(new String(record.json(), StandardCharsets.UTF_8));
      assertThat(record.id()).isEqualTo(tree.get("id").asText());
      assertThat(tree.get("x")).isEqualTo(json.readTree(text));

      String canonical = canonical(json.readTree(text));
      long fingerprint = fingerprint(text);
      assertThat(byContent.computeIfAbsent(canonical, c -> fingerprint))
          .as(text)
          .isEqualTo(fingerprint);
      assertThat(byFingerprint.computeIfAbsent(fingerprint, f -> canonical)).isEqualTo(canonical);
    }
    assertThat(byContent).hasSizeBetween(1_000, 19_000);
  }

  private static String canonical(JsonNode node) {
    if (node.isObject()) {
      Map<String, String> fields = new TreeMap<>();
      node.properties().forEach(e -> fields.put(e.getKey(), canonical(e.getValue())));
      return fields.toString();
    }
    if (node.isArray()) {
      StringBuilder all = new StringBuilder("[");
      node.forEach(element -> all.append(canonical(element)).append(';'));
      return all.append(']').toString();
    }
    return node.isNumber() ? number(node) : JsonNodeFactory.instance.pojoNode(node).toString();
  }

  private static String number(JsonNode node) {
    BigDecimal value = new BigDecimal(node.asText()).stripTrailingZeros();
    return value.signum() == 0 ? "0" : value.toString();
  }

  /** Few names and values, in many forms, so that equal contents come often. */
  private record RandomJson(Random random) {

    private static final String[] SCALARS = {
      "1",
      "1.0",
      "1e0",
      "10e-1",
      "0",
      "-0",
      "null",
      "true",
      "false",
      "\"1\"",
      "\"A\"",
      "\"\\u0041\"",
      "\"\"",
      "2.5",
      "25e-1"
    };

    String object(int depth) {
      StringBuilder all = new StringBuilder("{");
      int first = random.nextInt(3);
      for (int i = 0; i < random.nextInt(4); i++) {
        all.append(i == 0 ? "" : ",")
            .append(space())
            .append('"')
            .append("abc".charAt((first + i) % 3));
        all.append("\":").append(value(depth - 1)).append(space());
      }
      return all.append('}').toString();
    }

    private String value(int depth) {
      int kind = depth <= 0 ? 0 : random.nextInt(4);
      if (kind == 1) {
        return object(depth);
      }
      return kind == 2
          ? "[" + value(depth - 1) + space() + "," + value(depth - 1) + "]"
          : SCALARS[random.nextInt(SCALARS.length)];
    }

    private String space() {
      return " ".repeat(random.nextInt(2));
    }
  }
}
