package dev.watchpost.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.network.HttpDate;
import dev.watchpost.network.RetryAfter;
import dev.watchpost.network.WebAddress;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as long as a source may send them, made to keep a pattern busy or to fill its stack. */
@Timeout(10)
class HostileHeadersTest {
  private static final int LONGEST = 16 * 1024;

  private static String longest(String unit) {
    return unit.repeat(LONGEST / unit.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "\\\"", " ", ",", ";", "<", ";a=", ";a=\"", ", <a>;", "rel=", "\\\\", "é"})
  void link_header_is_read_or_passed_over(String unit) {
    for (String header :
        List.of(
            "<http://a/2>; title=\"" + longest(unit),
            "<http://a/2>; title=\"" + longest(unit) + "\"; rel=\"x\"",
            "<http://a/2>; " + longest(unit),
            longest(unit))) {
      assertThat(LinkHeader.endsHere(List.of(header))).isFalse();
      LinkHeader.target(List.of(header), "next", "http://a/1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "a", "-", "1.", "[", "a@", "\\", ":1"})
  void url_of_any_length_is_judged(String unit) {
    assertThat(WebAddress.problem("http://" + longest(unit) + "!/")).isNotNull();
    assertThat(WebAddress.problem(longest(unit) + "!")).isNotNull();
  }

  @Test
  void dates_and_waits_of_any_length_are_none_or_bounded() {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    for (String unit : List.of("9", "Sun, ", " ", "GMT", "-")) {
      HttpDate.parse(longest(unit), now);
      RetryAfter.parse(longest(unit), now)
          .ifPresent(wait -> assertThat(wait.toHours()).isLessThanOrEqualTo(24));
    }
  }
}
