package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String SCHEMES = "watchpost.callback.schemes";
  private static final String PER_MINUTE = "watchpost.poll.requests-per-minute";

  @Test
  void requests_per_minute_have_no_limit_unless_set() {
    assertThat(Settings.of(Map.of(), Map.of()).poll().requestsPerMinute()).isZero();
    assertThat(Settings.of(Map.of(PER_MINUTE, "90"), Map.of()).poll().requestsPerMinute())
        .isEqualTo(90);
    assertThat(
            Settings.of(Map.of(), Map.of("WATCHPOST_POLL_REQUESTS_PER_MINUTE", "80"))
                .poll()
                .requestsPerMinute())
        .isEqualTo(80);
  }

  @ParameterizedTest
  @CsvSource({
    "0, expected 1 or more",
    "many, expected a whole number",
    "1.5, expected a whole number"
  })
  void wrong_property_is_one_line_that_names_it(String value, String message) {
    assertThatThrownBy(() -> Settings.of(Map.of(PER_MINUTE, value), Map.of()))
        .isInstanceOf(Settings.InvalidSetting.class)
        .hasMessageStartingWith(PER_MINUTE + " = '" + value + "'")
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void unknown_property_is_named_with_those_that_are_known() {
    assertThatThrownBy(() -> Settings.of(Map.of("watchpost.poll.requests", "5"), Map.of()))
        .hasMessageStartingWith("watchpost.poll.requests is no property of Watchpost")
        .hasMessageContaining("poll.requests-per-minute");
  }

  @Test
  void callback_schemes_are_read_in_any_case_and_named_where_they_cannot_be() {
    assertThat(Settings.of(Map.of(SCHEMES, "HTTPS, kafka,kafka"), Map.of()).callbackSchemes())
        .containsExactlyInAnyOrder("https", "kafka");
    assertThatThrownBy(() -> Settings.of(Map.of(SCHEMES, "https,kafka:"), Map.of()))
        .hasMessage(SCHEMES + " = 'https,kafka:': expected schemes such as http,https,kafka");
  }
}
