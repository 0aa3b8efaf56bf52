package dev.watchpost.element;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant's mapping may cost. */
@Timeout(20)
class JsonataMappingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$match(x, /(a+)+$/)",
        "$match(x,\n /* slow */ /(a+)+$/)",
        "$replace(x, /a/, 'b')",
        "/a/",
        "($r := /a/i; $contains(x, $r))",
        "x ~> /a/",
        "[/a/, /b/]",
        "{'a': /b/}"
      })
  void regular_expression_is_refused(String text) {
    assertThatThrownBy(() -> JsonataMapping.untrusted(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("regular expression");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x / 2",
        "(x + 2)/2",
        "x[0]/2",
        "/* a, /b */ $sum(x)/2",
        "$split(path, '/')",
        "\"a, /b/\" & '(/c/'",
        "`a, /b/`",
        "price/ 100"
      })
  void division_and_slashes_in_texts_are_none(String text) {
    assertThat(JsonataMapping.untrusted(text)).isNotNull();
  }

  @Test
  void evaluation_without_end_is_ended() {
    JsonataMapping endless = JsonataMapping.of("($f := function(){ $f() }; $f())");
    assertThatThrownBy(() -> endless.evaluate(Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    JsonataMapping deep = JsonataMapping.of("($f := function($n){ 1 + $f($n + 1) }; $f(0))");
    assertThatThrownBy(() -> deep.evaluate(Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
