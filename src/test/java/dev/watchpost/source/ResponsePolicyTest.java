package dev.watchpost.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.network.HttpDate;
import dev.watchpost.network.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponsePolicyTest {

  private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");
  private static final Headers NONE = Headers.of(Map.of());

  @Test
  void each_status_has_its_meaning() {
    assertThat(judge(200)).isEqualTo(new Answer.Usable(true));
    assertThat(judge(204)).isEqualTo(new Answer.Usable(false));
    assertThat(judge(206)).isInstanceOf(Answer.Failed.class);
    assertThat(judge(304)).isEqualTo(new Answer.NotModified());
    assertThat(judge(401)).isEqualTo(new Answer.Unauthorized());
    assertThat(judge(429)).isEqualTo(new Answer.Throttled(429, Optional.empty()));
    assertThat(judge(302)).isInstanceOf(Answer.Failed.class);
    assertThat(judge(404))
        .isEqualTo(new Answer.Failed(404, "the source answered 404: there is nothing at this url"));
    assertThat(judge(599)).isInstanceOf(Answer.Failed.class);
    assertThat(ResponsePolicy.judge(302, Headers.of(Map.of("location", "/x")), NOW))
        .isEqualTo(new Answer.Moved(302, "/x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "120 ; 120",
        " 7  ; 7",
        "0 ; 0",
        "999999999 ; 86400",
        "99999999999999999999 ; 86400",
        "Sun, 06 Nov 1994 08:49:37 GMT ; 30",
        "Sunday, 06-Nov-94 08:49:37 GMT ; 30",
        "Sun Nov  6 08:49:37 1994 ; 30",
        "Sun, 06 Nov 1994 08:00:00 GMT ; 0",
        "Mon, 06 Nov 1995 08:00:00 GMT ; 86400"
      })
  void retry_after_is_read_in_both_forms(String header, long seconds) {
    assertThat(ResponsePolicy.judge(503, Headers.of(Map.of("Retry-After", header)), NOW))
        .isEqualTo(new Answer.Throttled(503, Optional.of(Duration.ofSeconds(seconds))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1.5", "", "Sun, 99 Nov 1994 08:49:37 GMT"})
  void nonsense_in_retry_after_counts_as_absent(String header) {
    assertThat(RetryAfter.parse(header, NOW)).isEmpty();
  }

  @Test
  void date_of_the_source_is_read() {
    Headers headers = Headers.of(Map.of("date", List.of("Tue, 15 Nov 1994 08:12:31 GMT")));

    assertThat(headers.first("Date").flatMap(date -> HttpDate.parse(date, NOW)))
        .contains(Instant.parse("1994-11-15T08:12:31Z"));
  }

  @Test
  void two_digit_year_far_ahead_is_of_the_century_before() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT", now))
        .contains(Instant.parse("1994-11-06T08:49:37Z"));
  }

  private static Answer judge(int status) {
    return ResponsePolicy.judge(status, NONE, NOW);
  }
}
