package dev.watchpost.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldPathTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = ';',
      value = {
        "id ; id",
        "customer.id ; customer|id",
        "@.@id ; @id",
        "@id ; @id",
        "$next ; $next",
        "$.data.items ; data|items",
        "['Modified Time'] ; Modified Time",
        "[\"a.b\"] ; a.b",
        "a['b c'].d ; a|b c|d",
        "lines[0].id ; lines|0|id",
        "[0] ; 0",
        "@['a'] ; a",
        "['it's'] ; it's"
      })
  void path_is_split_into_its_segments(String text, String segments) {
    assertThat(FieldPath.of(text).segments()).isEqualTo(List.of(segments.split("\\|")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "a.",
        ".a",
        "a..b",
        "a[",
        "a]",
        "a[]",
        "a[b]",
        "['a]",
        "['']",
        "@",
        "$",
        "items[*].id",
        "[01]",
        "a[0]b"
      })
  void malformed_path_is_refused_with_a_fix(String text) {
    assertThatThrownBy(() -> FieldPath.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*(path is blank|is no path): .+");
  }

  @Test
  void value_is_found_in_a_record() throws Exception {
    JsonNode record = JSON.readTree("{\"a\":{\"b c\":[{\"d\":7}]},\"x.y\":1,\"x\":{\"y\":2}}");

    assertThat(FieldPath.of("a['b c'][0].d").in(record).asInt()).isEqualTo(7);
    assertThat(FieldPath.of("a.nothing.d").in(record).isMissingNode()).isTrue();
    assertThat(FieldPath.of("a['b c'].d").in(record).isMissingNode()).isTrue();
  }

  @Test
  void field_named_like_the_whole_path_wins() throws Exception {
    JsonNode record = JSON.readTree("{\"x\":{\"y\":2},\"x.y\":1}");

    assertThat(FieldPath.of("x.y").in(record).asInt()).isEqualTo(1);
  }
}
