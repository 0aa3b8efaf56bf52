package dev.watchpost.date;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which formats and zones are refused, with which fix, and which only warn. */
class DateSettingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          MM/dd/yyy                          | yyy is no year | MM/dd/yyyy
          MM/dd/yyy'T'HH:mm:ssXXX            | yyy is no year | MM/dd/yyyy'T'HH:mm:ssXXX
          milliseconds'                      | quote          | milliseconds
          'milliseconds'                     | year           | milliseconds
          millisecond                        | no pattern     | milliseconds
          millis                             | no pattern     | milliseconds
          epoch                              | no pattern     | milliseconds
          epoch_ms                           | no pattern     | milliseconds
          unix                               | no pattern     | seconds
          Unix Timestamp                     | no pattern     | seconds
          epoch:s                            | no pattern     | seconds
          nanoseconds                        | no pattern     | an empty format, which detects epochs
          ISO8601                            | no pattern     | an empty format, which detects ISO 8601
          RFC822                             | no pattern     | an empty format, which detects ISO 8601 and RFC 822
          yyyy-MM-dd'T'HH:mm:ss'             | quote          | yyyy-MM-dd'T'HH:mm:ss
          yyyy-MM-dd'T'HH:mm:ss.SSSX'        | quote          | yyyy-MM-dd'T'HH:mm:ss.SSSX
          yyyy-MM-dd'T'HH:mm:ssZ'            | quote          | yyyy-MM-dd'T'HH:mm:ss'Z'
          yyyy-MM-ddT'HH:mm:ss'Z'            | quote          | yyyy-MM-dd'T'HH:mm:ss'Z'
          yyyy-MM-dd''T''HH:mm:ss''Z''       | T stands for nothing | yyyy-MM-dd'T'HH:mm:ss'Z'
          yyyy-MM-ddTHH:mm:ssZ               | T stands for nothing | yyyy-MM-dd'T'HH:mm:ssZ
          YYYY-MM-DDTHH:mm:ssZ               | year of the week | yyyy-MM-dd'T'HH:mm:ssZ
          YYYY-MM-DD[T]HH:mm:ss[Z]           | [ ] stand for themselves | yyyy-MM-dd'T'HH:mm:ss'Z'
          yyyy-MM-dd'T'HH:mm:ss[.SSS]XXX     | [ ] stand for themselves | yyyy-MM-dd'T'HH:mm:ss.SSSXXX
          YYYY-MM-dd                         | year of the week | yyyy-MM-dd
          yyyy-MM-DD                         | D is the day of the year | yyyy-MM-dd
          yyyy-mm-dd                         | m is minutes   | yyyy-MM-dd
          mm/dd/yyyy                         | m is minutes   | MM/dd/yyyy
          yyyy-mm-dd HH:mm:ss                | m is minutes   | yyyy-MM-dd HH:mm:ss
          yyyy-MM-dd HH:MM:ss                | M is the month | yyyy-MM-dd HH:mm:ss
          yyyy-MM-dd HH:mm:SS                | S is a fraction | yyyy-MM-dd HH:mm:ss
          yyyy-MM-dd hh:mm:ss                | 12-hour clock  | yyyy-MM-dd HH:mm:ss
          MM/dd/yyyy hh:mm:ss tt             | stands for nothing | MM/dd/yyyy hh:mm:ss a
          yyyy-MM-dd'T'HH:mm:ss.fffffff      | stands for nothing | yyyy-MM-dd'T'HH:mm:ss.SSSSSSS
          yyyy-MM-dd'T'HH:mm:ssxxx           | stands for nothing | yyyy-MM-dd'T'HH:mm:ssXXX
          yyyy-MM-dd HH:mm:ss.SSSSSSSSSS     | at most 9      | yyyy-MM-dd HH:mm:ss.SSSSSSSSS
          yyyy-MM-dd HH:mm:ssXXXX            | an offset is X | yyyy-MM-dd HH:mm:ssXXX
          yyyy-MM-dd HH:mm:ss UTC            | stands for nothing | yyyy-MM-dd HH:mm:ss 'UTC'
          ddd, dd MMM yyyy HH:mm:ss zzz      | 2 digits       | EEE, dd MMM yyyy HH:mm:ss zzz
          %Y-%m-%d %H:%M:%S                  | % directives   | yyyy-MM-dd HH:mm:ss
          %Y-%m-%dT%H:%M:%S.%f%z             | % directives   | yyyy-MM-dd'T'HH:mm:ss.SSSSSSZ
          yyyy-MM-dd'\\''T'\\''HH:mm:ss'\\'' | shell          | yyyy-MM-dd'T'HH:mm:ss
          yyyy-MM-dd’T’HH:mm:ss              | T stands       | yyyy-MM-dd'T'HH:mm:ss
          yyyy-MM-dd\\'T\\'HH:mm:ss          | T              | yyyy-MM-dd'T'HH:mm:ss
          "yyyy-MM-dd""T""HH:mm:ss"          | T              | yyyy-MM-dd'T'HH:mm:ss
          """)
  void format_that_cannot_work_is_refused_with_the_fix(String format, String why, String fix) {
    assertThatThrownBy(() -> SourceDateFormat.of(format, "GMT"))
        .isInstanceOf(InvalidDateSetting.class)
        .hasMessageStartingWith("date format \"" + format + "\": ")
        .hasMessageContaining(why)
        .hasMessageEndingWith("did you mean " + fix + "?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HH:mm:ss",
        "yyyy dd",
        "yyyy-MM HH:mm",
        "yyyy-MM-dd mm",
        "yyyy-MM-dd HH:ss",
        "yyyy-MM-dd yyyy",
        "yyyy-'W'ww",
        "yyyy-'Q'Q",
        "yyyy-MM-dd q",
        "b",
        "'",
        "-"
      })
  void format_without_a_fix_is_refused_with_the_reason(String format) {
    assertThatThrownBy(() -> SourceDateFormat.of(format, null))
        .isInstanceOf(InvalidDateSetting.class)
        .hasMessageContaining(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "milliseconds",
        "yyyy-MM-dd'T'HH:mm:ssXXX",
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ssZ",
        "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
        "MM/dd/yyyy HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
        "yyyy-MM-dd HH:mm:ss",
        "EEE, dd MMM yyyy HH:mm:ss Z",
        "yyyy-MM-dd'T'HH:mm:ss.SSS",
        "",
        "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmz",
        "yyyy-MM-dd'T'HH:mm:ss"
      })
  void format_in_real_use_is_accepted_without_a_warning(String format) {
    assertThat(SourceDateFormat.of(format, "GMT").warnings()).isEmpty();
    assertThat(SourceDateFormat.of(format, "").warnings()).isEmpty();
  }

  @Test
  void odd_settings_warn() {
    assertThat(SourceDateFormat.of("yyyy-MM-dd HH:mm a", "").warnings())
        .singleElement()
        .asString()
        .contains("24-hour");
    assertThat(SourceDateFormat.of("yyyy-MM-dd'T'HH:mm:ss'Z'", "PST").warnings())
        .singleElement()
        .asString()
        .contains("America/Los_Angeles");
    assertThat(SourceDateFormat.of("yyyy-MM-dd HH:mm", "EST").warnings())
        .singleElement()
        .asString()
        .contains("America/New_York");
  }

  @ParameterizedTest
  @CsvSource({
    "GMT, GMT",
    "gmt, GMT",
    "UTC, UTC",
    "UT, UTC",
    "PST, America/Los_Angeles",
    "PDT, America/Los_Angeles",
    "CST, America/Chicago",
    "MST, GMT-07:00",
    "EST, GMT-05:00",
    "CET, CET",
    "America/Denver, America/Denver",
    "america/denver, America/Denver",
    "America/New York, America/New_York",
    "-8:00, GMT-08:00",
    "-08, GMT-08:00",
    "+0530, GMT+05:30",
    "+05:30, GMT+05:30",
    "GMT+2, GMT+02:00",
    "utc-8, GMT-08:00",
    "+00:00, GMT",
    "Etc/GMT+8, Etc/GMT+8"
  })
  void zone_is_understood(String name, String id) {
    assertThat(Zones.of(name)).isEqualTo(ZoneId.of(id));
  }

  @ParameterizedTest
  @CsvSource({
    "America/Denvr, America/Denver",
    "Denver, America/Denver",
    "New York, America/New_York",
    "Europe/Pariss, Europe/Paris",
    "PSTT, PST",
    "Amercia/Denver, America/Denver",
    "America/NewYork, America/New_York",
    "Pacific Standard Time, America/Los_Angeles",
    "Eastern Time, America/New_York",
    "Central European Time, Europe/Paris",
    "(GMT-08:00) Pacific Time, -08:00"
  })
  void unknown_zone_is_refused_with_a_near_name(String name, String near) {
    assertThatThrownBy(() -> SourceDateFormat.of("yyyy", name))
        .isInstanceOf(InvalidDateSetting.class)
        .hasMessage("zone \"" + name + "\" is unknown; did you mean " + near + "?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Middle-earth/Shire", "GMT+25", "+25:00", "+3:75", "?", "%{time_zone}", "<ZONE>"})
  void zone_near_to_nothing_is_refused(String name) {
    assertThatThrownBy(() -> Zones.of(name))
        .isInstanceOf(InvalidDateSetting.class)
        .hasMessageContaining("zone \"" + name + "\"");
  }
}
