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
          millisecond                        | i              | milliseconds
          millis                             | i              | milliseconds
          unix                               | n              | seconds
          yyyy-MM-dd'T'HH:mm:ss'             | quote          | yyyy-MM-dd'T'HH:mm:ss
          yyyy-MM-dd'T'HH:mm:ssZ'            | quote          | yyyy-MM-dd'T'HH:mm:ss'Z'
          yyyy-MM-ddT'HH:mm:ss'Z'            | quote          | yyyy-MM-dd'T'HH:mm:ss'Z'
          yyyy-MM-ddTHH:mm:ssZ               | T stands for nothing | yyyy-MM-dd'T'HH:mm:ssZ
          YYYY-MM-DDTHH:mm:ssZ               | year of the week | yyyy-MM-dd'T'HH:mm:ssZ
          YYYY-MM-dd                         | year of the week | yyyy-MM-dd
          yyyy-MM-DD                         | D is the day of the year | yyyy-MM-dd
          yyyy-mm-dd                         | m is minutes   | yyyy-MM-dd
          yyyy-mm-dd HH:mm:ss                | m is minutes   | yyyy-MM-dd HH:mm:ss
          yyyy-MM-dd HH:MM:ss                | M is the month | yyyy-MM-dd HH:mm:ss
          yyyy-MM-dd HH:mm:SS                | S is a fraction | yyyy-MM-dd HH:mm:ss
          yyyy-MM-dd hh:mm:ss                | 12-hour clock  | yyyy-MM-dd HH:mm:ss
          %Y-%m-%d %H:%M:%S                  | year of the week         | yyyy-MM-dd HH:mm:ss
          yyyy-MM-dd'\\''T'\\''HH:mm:ss'\\'' | shell          | yyyy-MM-dd'T'HH:mm:ss
          yyyy-MM-dd’T’HH:mm:ss              | T stands       | yyyy-MM-dd'T'HH:mm:ss
          ISO8601                            | I stands       | an empty format, which detects ISO 8601
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
        "yyyy-MM-dd HH:mm:ss.SSSSSSSSSS",
        "yyyy-MM-dd HH:mm:ssXXXX",
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
    "Europe/Pariss, Europe/Paris"
  })
  void unknown_zone_is_refused_with_a_near_name(String name, String near) {
    assertThatThrownBy(() -> SourceDateFormat.of("yyyy", name))
        .isInstanceOf(InvalidDateSetting.class)
        .hasMessage("zone \"" + name + "\" is unknown; did you mean " + near + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Middle-earth/Shire", "+25:00", "+3:75", "?"})
  void zone_near_to_nothing_is_refused(String name) {
    assertThatThrownBy(() -> Zones.of(name))
        .isInstanceOf(InvalidDateSetting.class)
        .hasMessageContaining("zone \"" + name + "\"");
  }
}
