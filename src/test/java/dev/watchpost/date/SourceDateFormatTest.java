package dev.watchpost.date;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceDateFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          yyyy-MM-dd'T'HH:mm:ss'Z'         | 2026-03-01T12:00:05Z             | 2026-03-01T12:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ss'Z'         | 2026-03-01T12:00:05.25Z          | 2026-03-01T12:00:05.250Z | PT0.001S
          yyyy-MM-dd'T'HH:mm:ss'Z'         | 2026-03-01T14:00:05+02:00        | 2026-03-01T12:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ss'Z'         | 2026-03-01T12:00:05              | 2026-03-01T12:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ss            | 2026-03-01T12:00:05              | 2026-03-01T12:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ss            | 2026-03-01T12:00:05-01:30        | 2026-03-01T13:30:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ss.SSS'Z'     | 2026-03-01T12:00:05.123Z         | 2026-03-01T12:00:05.123Z | PT0.001S
          yyyy-MM-dd'T'HH:mm:ss.SSS'Z'     | 2026-03-01T12:00:05Z             | 2026-03-01T12:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ss.SSSZ       | 2026-03-01T12:00:05.123+0000     | 2026-03-01T12:00:05.123Z | PT0.001S
          yyyy-MM-dd'T'HH:mm:ss.SSSZ       | 2026-03-01T12:00:05Z             | 2026-03-01T12:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX  | 2026-03-01T12:00:05.000123+00:00 | 2026-03-01T12:00:05.000123Z | PT0.000001S
          yyyy-MM-dd'T'HH:mm:ss.SSSXXX     | 2026-03-01T12:00:05.1234567Z     | 2026-03-01T12:00:05.123456700Z | PT0.000000001S
          yyyy-MM-dd'T'HH:mm:ss.SSS        | 2026-03-01T12:00:05,5            | 2026-03-01T12:00:05.500Z | PT0.001S
          yyyy-MM-dd'T'HH:mm:ssZ           | 2026-03-01T12:00:05-0800         | 2026-03-01T20:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ssXXX         | 2026-03-01T12:00:05-08           | 2026-03-01T20:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mm:ssX           | 2026-03-01T12:00:05-08:00        | 2026-03-01T20:00:05Z | PT1S
          yyyy-MM-dd'T'HH:mmz              | 2026-03-01T12:00GMT              | 2026-03-01T12:00:00Z | PT1M
          yyyy-MM-dd'T'HH:mmz              | 2026-07-01T12:00PDT              | 2026-07-01T19:00:00Z | PT1M
          yyyy-MM-dd'T'HH:mmz              | 2026-07-01T12:00PST              | 2026-07-01T20:00:00Z | PT1M
          yyyy-MM-dd HH:mm:ss z            | 2026-07-01 12:00:00 GMT+02:00    | 2026-07-01T10:00:00Z | PT1S
          yyyy-MM-dd HH:mm:ss z            | 2026-07-01 12:00:00 Europe/Paris | 2026-07-01T10:00:00Z | PT1S
          MM/dd/yyyy HH:mm:ss              | 3/1/2026 9:05:06                 | 2026-03-01T09:05:06Z | PT1S
          yyyy-MM-dd HH:mm:ss              | 2026-03-01 12:00:05              | 2026-03-01T12:00:05Z | PT1S
          MM/dd/yyyy hh:mm a               | 03/01/2026 12:05 am              | 2026-03-01T00:05:00Z | PT1M
          MM/dd/yyyy hh:mm a               | 03/01/2026 01:05 PM              | 2026-03-01T13:05:00Z | PT1M
          MM/dd/yyyy hh:mm a               | 03/01/2026 12:05 PM              | 2026-03-01T12:05:00Z | PT1M
          MM/dd/yyyy HH:mm a               | 03/01/2026 14:05 PM              | 2026-03-01T14:05:00Z | PT1M
          EEE, dd MMM yyyy HH:mm:ss Z      | Mon, 20 Aug 2018 15:30:07 +0000  | 2018-08-20T15:30:07Z | PT1S
          EEE, dd MMM yyyy HH:mm:ss Z      | mon, 20 AUG 2018 15:30:07 GMT    | 2018-08-20T15:30:07Z | PT1S
          EEE MMM dd HH:mm:ss Z yyyy       | Mon Aug 20 15:30:07 +0000 2018   | 2018-08-20T15:30:07Z | PT1S
          EEE MMM dd HH:mm:ss zzz yyyy     | Mon Aug 20 15:30:07 UTC 2018     | 2018-08-20T15:30:07Z | PT1S
          dd MMMM yyyy                     | 20 August 2018                   | 2018-08-20T00:00:00Z | P1D
          dd-MMM-yy                        | 20-aug-18                        | 2018-08-20T00:00:00Z | P1D
          MM/dd/yy                         | 08/20/99                         | 1999-08-20T00:00:00Z | P1D
          yyyyMMdd                         | 20180820                         | 2018-08-20T00:00:00Z | P1D
          yyyyMMddHHmmss                   | 20180820153007                   | 2018-08-20T15:30:07Z | PT1S
          yyyyMMddHHmmssSSS                | 20180820153007125                | 2018-08-20T15:30:07.125Z | PT0.001S
          yyyy-DDD                         | 2026-060                         | 2026-03-01T00:00:00Z | P1D
          yyyy-MM-dd kk:mm                 | 2026-03-01 24:10                 | 2026-03-01T00:10:00Z | PT1M
          yyyy-MM-dd HH                    | 2026-03-01 12                    | 2026-03-01T12:00:00Z | PT1H
          yyyy-MM-dd                       | 2026-03-01                       | 2026-03-01T00:00:00Z | P1D
          yyyy-MM                          | 2026-02                          | 2026-02-01T00:00:00Z | P28D
          yyyy                             | 2026                             | 2026-01-01T00:00:00Z | P365D
          milliseconds                     | 1534778974827                    | 2018-08-20T15:29:34.827Z | PT0.001S
          MilliSeconds                     | 1.534778974827E12                | 2018-08-20T15:29:34.827Z | PT0.001S
          milliseconds                     | /Date(1534778974827+0200)/       | 2018-08-20T15:29:34.827Z | PT0.001S
          milliseconds                     | -1                               | 1969-12-31T23:59:59.999Z | PT0.001S
          seconds                          | 1534778974                       | 2018-08-20T15:29:34Z | PT1S
          seconds                          | 1534778974.123                   | 2018-08-20T15:29:34.123Z | PT0.001S
          microseconds                     | 1534778974123456                 | 2018-08-20T15:29:34.123456Z | PT0.000001S
          ""                               | 2026-03-01                       | 2026-03-01T00:00:00Z | P1D
          ""                               | 2026-03-01T12:00                 | 2026-03-01T12:00:00Z | PT1M
          ""                               | 2026-03-01T12:00+02:00           | 2026-03-01T10:00:00Z | PT1M
          ""                               | 2026-03-01T12:00:05Z             | 2026-03-01T12:00:05Z | PT1S
          ""                               | 2026-03-01 12:00:05              | 2026-03-01T12:00:05Z | PT1S
          ""                               | 2026-03-01 12:00:05.5 +0100      | 2026-03-01T11:00:05.500Z | PT0.001S
          ""                               | 2026-03-01T12:00:05.123456-08:00 | 2026-03-01T20:00:05.123456Z | PT0.000001S
          ""                               | 20260301T120005Z                 | 2026-03-01T12:00:05Z | PT1S
          ""                               | 20260301                         | 2026-03-01T00:00:00Z | P1D
          ""                               | 1534778974                       | 2018-08-20T15:29:34Z | PT1S
          ""                               | 1534778974.5                     | 2018-08-20T15:29:34.500Z | PT0.001S
          ""                               | 1534778974827                    | 2018-08-20T15:29:34.827Z | PT0.001S
          ""                               | 1534778974827123                 | 2018-08-20T15:29:34.827123Z | PT0.000001S
          ""                               | 2026/03/01 12:00:05              | 2026-03-01T12:00:05Z | PT1S
          ""                               | 2026/03/01                       | 2026-03-01T00:00:00Z | P1D
          ""                               | Mon, 20 Aug 2018 15:30:07 GMT    | 2018-08-20T15:30:07Z | PT1S
          ""                               | Mon, 20 Aug 18 15:30 -0800       | 2018-08-20T23:30:00Z | PT1M
          ""                               | 20 Aug 2018 15:30:07 +0000       | 2018-08-20T15:30:07Z | PT1S
          ""                               | Mon Aug 20 15:30:07 +0000 2018   | 2018-08-20T15:30:07Z | PT1S
          ""                               | Mon Aug 20 15:30:07 PDT 2018     | 2018-08-20T22:30:07Z | PT1S
          ""                               | Mon Aug 20 15:30:07 2018         | 2018-08-20T15:30:07Z | PT1S
          ""                               | /Date(0)/                        | 1970-01-01T00:00:00Z | PT0.001S
          """)
  void text_is_the_interval_that_it_shows(
      String pattern, String text, Instant start, String duration) {
    SourceDate date = SourceDateFormat.of(pattern, null).parse(text);

    assertThat(date.start()).isEqualTo(start);
    assertThat(Duration.between(date.start(), date.end())).isEqualTo(Duration.parse(duration));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          yyyy-MM-dd                  | 2026-02-30
          yyyy-MM-dd                  | 2026-13-01
          yyyy-MM-dd                  | 0000-00-00
          yyyy-MM-dd                  | 2026-03-01T12:00:00Z
          yyyy-MM-dd                  | 26-03-01
          yyyy-MM-dd'T'HH:mm:ss'Z'    | yesterday
          yyyy-MM-dd'T'HH:mm:ss'Z'    | 2026-03-01T25:00:00Z
          yyyy-MM-dd'T'HH:mm:ss'Z'    | 2026-03-01T12:00:00Zebra
          yyyy-MM-dd'T'HH:mm:ss'Z'    | 2026-03-01T12:00:00.Z
          yyyy-MM-dd'T'HH:mm:ssXXX    | 2026-03-01T12:00:00
          yyyy-MM-dd'T'HH:mm:ssXXX    | 2026-03-01T12:00:00+99:00
          yyyy-MM-dd'T'HH:mm:ssz      | 2026-03-01T12:00:00QQQ
          MM/dd/yyyy hh:mm a          | 03/01/2026 13:05 PM
          dd MMM yyyy                 | 31 Foo 2026
          yyyyMMdd                    | 2026031
          milliseconds                | 2026-03-01
          milliseconds                | 1E999999999
          seconds                     | 1534778974827
          seconds                     | ""
          ""                          | yesterday
          ""                          | 2026-02-30
          ""                          | 2026-02-30T00:00:00Z
          ""                          | 03/04/2026
          ""                          | 03/04/2026 12:00:00
          ""                          | Mon, 30 Feb 2026 12:00:00 GMT
          ""                          | NaN
          ""                          | -
          """)
  void other_text_is_unreadable(String pattern, String text) {
    SourceDateFormat format = SourceDateFormat.of(pattern, null);

    assertThatThrownBy(() -> format.parse(text))
        .isInstanceOf(UnreadableDate.class)
        .hasMessageStartingWith("\"" + text + "\" is no ")
        .hasMessageEndingWith(pattern.isEmpty() ? "ISO 8601, RFC 822 or epoch date" : pattern);
  }

  @Test
  void long_text_and_null_are_unreadable_with_a_short_message() {
    SourceDateFormat format = SourceDateFormat.of("yyyy", null);

    assertThatThrownBy(() -> format.parse("x".repeat(5000)))
        .isInstanceOf(UnreadableDate.class)
        .extracting(Throwable::getMessage)
        .asString()
        .hasSizeLessThan(100);
    assertThatThrownBy(() -> format.parse(null)).isInstanceOf(UnreadableDate.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T01:30:00, 2026-11-01T08:30:00Z", // twice: 07:30Z and 08:30Z
    "2026-11-01T00:59:59, 2026-11-01T06:59:59Z",
    "2026-03-08T02:30:00, 2026-03-08T09:30:00Z", // never: moved on to 03:30
    "2026-07-01T12:00:00, 2026-07-01T18:00:00Z"
  })
  void ambiguous_local_time_is_the_later_one_and_a_skipped_one_moves_on(String text, Instant is) {
    for (String pattern : List.of("yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "")) {
      assertThat(SourceDateFormat.of(pattern, "America/Denver").parse(text).start()).isEqualTo(is);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "America/Denver, 2026-03-08, PT23H",
    "America/Denver, 2026-11-01, PT25H",
    "America/Denver, 2026-03-09, PT24H",
    "America/Sao_Paulo, 2018-11-04, PT23H", // begins at 01:00
    "America/Havana, 2026-11-01, PT25H" // 00:00 twice
  })
  void day_lasts_from_midnight_to_midnight_in_its_zone(String zone, String day, Duration lasts) {
    SourceDate date = SourceDateFormat.of("yyyy-MM-dd", zone).parse(day);

    assertThat(date.start())
        .isEqualTo(LocalDate.parse(day).atStartOfDay(ZoneId.of(zone)).toInstant());
    assertThat(Duration.between(date.start(), date.end())).isEqualTo(lasts);
    assertThat(date.fine()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01T12:00:05+01:00", "2026-03-01T12:00:05 GMT+1"})
  void zone_of_the_text_wins_over_the_configured_one(String text) {
    SourceDateFormat format = SourceDateFormat.of("", "PST");
    if (text.contains("GMT+1")) {
      assertThatThrownBy(() -> format.parse(text)).isInstanceOf(UnreadableDate.class);
    } else {
      assertThat(format.parse(text).start()).isEqualTo(Instant.parse("2026-03-01T11:00:05Z"));
    }
  }

  @Test
  void quoted_z_is_the_configured_zone() {
    assertThat(
            SourceDateFormat.of("yyyy-MM-dd'T'HH:mm:ss'Z'", "PST")
                .parse("2026-07-01T12:00:00Z")
                .start())
        .isEqualTo(Instant.parse("2026-07-01T19:00:00Z"));
  }

  @Test
  void formats_are_equal_by_pattern_and_zone() {
    assertThat(SourceDateFormat.of("yyyy", "GMT"))
        .isEqualTo(SourceDateFormat.of(" yyyy ", "gmt"))
        .hasSameHashCodeAs(SourceDateFormat.of("yyyy", "GMT"))
        .isNotEqualTo(SourceDateFormat.of("yyyy", "PST"))
        .hasToString("yyyy in GMT");
  }

  @Test
  void second_is_fine_and_a_minute_is_not() {
    assertThat(SourceDateFormat.of("", "").parse("2026-03-01T12:00:05Z").fine()).isTrue();
    assertThat(SourceDateFormat.of("", "").parse("2026-03-01T12:00Z").fine()).isFalse();
  }

  @Test
  void every_hour_of_a_year_reads_as_java_time_reads_it() {
    SourceDateFormat format = SourceDateFormat.of("yyyy-MM-dd'T'HH:mm:ss", "Europe/Berlin");
    LocalDateTime time = LocalDateTime.of(2026, 1, 1, 0, 17, 23);
    for (int i = 0; i < 8760; i++, time = time.plusHours(1)) {
      assertThat(format.parse(time.toString()).start())
          .isEqualTo(
              time.atZone(ZoneId.of("Europe/Berlin")).withLaterOffsetAtOverlap().toInstant());
    }
  }
}
