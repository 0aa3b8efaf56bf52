package dev.watchpost.date;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTemplateTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:05.123456Z");
  private static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ${date:yyyy-MM-dd'T'HH:mm:ssXXX}                  | 2026-03-01T12:00:05Z
          ${gmtDate:yyyy-MM-dd'T'HH:mm:ssXXX}               | 2026-03-01T12:00:05Z
          ${date:yyyy-MM-dd'T'HH:mm:ss'Z'}                  | 2026-03-01T12:00:05Z
          ${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}               | 2026-03-01T12:00:05Z
          ${gmtDate:MM/dd/yyyy HH:mm:ss}                    | 03/01/2026 12:00:05
          ${gmtDate:yyyy-MM-dd'T'HH:mm:ss}                  | 2026-03-01T12:00:05
          ${date:yyyy-MM-dd'T'HH:mm:ss}                     | 2026-03-01T12:00:05
          ${gmtDate:yyyy-MM-dd HH:mm:ss}                    | 2026-03-01 12:00:05
          ${date:yyyy-MM-dd HH:mm:ss}                       | 2026-03-01 12:00:05
          ${DateTimeZone:PST:yyyy-MM-dd'T'HH:mm:ss.SSS}     | 2026-03-01T04:00:05.123
          ${gmtDate:yyyy-MM-dd'T'HH:mm:ss.SSSXXX}           | 2026-03-01T12:00:05.123Z
          ${dateTimeZone:PST:yyyy-MM-dd HH:mm:ss -0800}     | 2026-03-01 04:00:05 -0800
          ${gmtDate:yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}           | 2026-03-01T12:00:05.123Z
          ${gmtDate:yyyy-MM-dd'T'HH:mm:ssZ}                 | 2026-03-01T12:00:05+0000
          ${gmtDate:yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX}        | 2026-03-01T12:00:05.123456Z
          ${date:yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}              | 2026-03-01T12:00:05.123Z
          ${date:yyyy-MM-dd}                                | 2026-03-01
          ${dateTimeZone:America/Denver:yyyy-MM-dd'T'HH:mm:ss.SSS'Z'} | 2026-03-01T05:00:05.123Z
          ${gmtDate:yyyy-MM-dd'T'HH:mmz}                    | 2026-03-01T12:00GMT
          ${date}                                           | 2026-03-01T12:00:05Z
          ${gmtDate}                                        | 2026-03-01T12:00:05Z
          ${DATE}                                           | 2026-03-01T12:00:05Z
          ${dateTimeZone:-8:00:HH:mm}                       | 04:00
          ${dateTimeZone:+05:30:yyyy-MM-dd HH:mm XXX}       | 2026-03-01 17:30 +05:30
          ${dateTimeZone:GMT-8:HH:mm z}                     | 04:00 GMT-08:00
          ${epoch}                                          | 1772366405123
          ${epoch:ms}                                       | 1772366405123
          ${epoch:MS}                                       | 1772366405123
          ${milliseconds}                                   | 1772366405123
          ${epoch:s}                                        | 1772366405
          ${epoch:us}                                       | 1772366405123456
          ${epoch:0}                                        | 0
          ${now}                                            | 2026-03-01T12:30:00Z
          ${now:HH:mm}                                      | 12:30
          ${nowTimeZone:America/Denver:HH:mm z}             | 05:30 MST
          ${date:EEE, dd MMM yy hh:mm a}                    | Sun, 01 Mar 26 12:00 PM
          """)
  void token_becomes_its_time(String token, String value) {
    TokenTemplate template = TokenTemplate.parse("/a?since='" + token + "'");

    assertThat(template.resolve(START, NOW, Map.of()).text()).isEqualTo("/a?since='" + value + "'");
    assertThat(template.hasTokens()).isEqualTo(!token.equals("${epoch:0}"));
    assertThat(template.placeholders()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ${date:MM/dd/yyy'T'HH:mm:ssXXX} | did you mean ${date:MM/dd/yyyy'T'HH:mm:ssXXX}?
          ${yyyy-MM-dd'T'HH:mm:ss'Z'} | did you mean ${date:yyyy-MM-dd'T'HH:mm:ss'Z'}?
          $yyyy-MM-dd'T'HH:mm:ss'Z'} | did you mean ${date:yyyy-MM-dd'T'HH:mm:ss'Z'}?
          ${date:yyyy-MM-dd'\\''T'\\''HH:mm:ss'\\''Z'\\''} | did you mean ${date:yyyy-MM-dd'T'HH:mm:ss'Z'}?
          #{'$'}{gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'} | did you mean ${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}?
          #{date:yyyy-MM-dd} | did you mean ${date:yyyy-MM-dd}?
          %{epoch:s} | did you mean ${epoch:s}?
          $(date:yyyy-MM-dd) | did you mean ${date:yyyy-MM-dd}?
          $[epoch] | did you mean ${epoch}?
          {date:yyyy-MM-dd} | did you mean ${date:yyyy-MM-dd}?
          {{gmtDate:yyyy-MM-dd}} | did you mean ${gmtDate:yyyy-MM-dd}?
          $ {date:yyyy-MM-dd} | did you mean ${date:yyyy-MM-dd}?
          $date:yyyy-MM-dd} | did you mean ${date:yyyy-MM-dd}?
          ${{date:yyyy-MM-dd}} | did you mean ${date:yyyy-MM-dd}?
          $${date:yyyy-MM-dd} | the $ is escaped for a template; did you mean ${date:yyyy-MM-dd}?
          \\${date:yyyy-MM-dd} | did you mean ${date:yyyy-MM-dd}?
          %24%7Bdate:yyyy-MM-dd%7D | did you mean ${date:yyyy-MM-dd}?
          ${date:yyyy-MM-dd | closing brace } is missing
          ${dateTimeZone:{TimeZone}:yyyy-MM-dd} | write what {TimeZone} stands for
          ${dat:yyyy-MM-dd} | did you mean ${date:yyyy-MM-dd}?
          ${gmtDat} | did you mean ${gmtDate}?
          ${other} | there are date, gmtDate, dateTimeZone, epoch
          ${} | no token is called
          ${env:HOME} | in files under routes/ only
          ${seconds} | did you mean ${epoch:s}?
          ${date:ms} | did you mean ${epoch:ms}?
          ${date:milliseconds} | did you mean ${epoch:ms}?
          ${epoch:min} | write ms, s, us or 0
          ${epoch:seconds} | did you mean ${epoch:s}?
          ${epoch:yyyy-MM-dd} | did you mean ${date:yyyy-MM-dd}?
          ${milliseconds:3} | did you mean ${milliseconds}?
          ${date:} | the format is empty
          ${date:PST:yyyy-MM-dd} | did you mean ${dateTimeZone:PST:yyyy-MM-dd}?
          ${date:yyyy-MM-ddTHH:mm:ss} | did you mean ${date:yyyy-MM-dd'T'HH:mm:ss}?
          ${date:%Y-%m-%d} | did you mean ${date:yyyy-MM-dd}?
          ${date:MM%2Fdd%2Fyyyy} | percent-encoded
          ${dateTimeZone:America/Denvr:yyyy} | did you mean America/Denver?
          ${dateTimeZone:PSTT:yyyy-MM-dd} | did you mean PST?
          ${dateTimeZone:PST} | ${dateTimeZone:PST:yyyy-MM-dd HH:mm:ss}
          ${dateTimeZone:yyyy-MM-dd HH:mm} | a zone and a format are needed
          ${nowTimeZone} | ${nowTimeZone:America/Denver:yyyy-MM-dd HH:mm:ss}
          """)
  void token_that_cannot_work_is_refused_with_a_fix(String token, String fix) {
    assertThatThrownBy(() -> TokenTemplate.parse("/a?since=" + token))
        .isInstanceOf(InvalidDateSetting.class)
        .hasMessageContaining(token)
        .hasMessageContaining(fix);
  }

  @Test
  void token_left_open_before_the_next_one_is_refused() {
    assertThatThrownBy(() -> TokenTemplate.parse("/a?f=${date:yyyy-MM-dd&t=${now:yyyy-MM-dd}"))
        .hasMessage("${date:yyyy-MM-dd&t=: the token's closing brace } is missing");
  }

  @ParameterizedTest
  @CsvSource({
    // Denver's clock goes from 02:00 back to 01:00 at 08:00Z
    "2026-11-01T07:30:00Z, 2026-11-01T08:30:00Z, HH:mm, 00:30",
    "2026-11-01T07:30:00Z, 2026-11-01T08:00:00Z, HH:mm, 00:30",
    "2026-11-01T08:00:00Z, 2026-11-01T08:30:00Z, HH:mm, 01:00",
    "2026-11-01T07:30:00Z, 2026-11-01T07:59:59Z, HH:mm, 01:30",
    "2026-11-01T08:30:00Z, 2026-11-01T09:30:00Z, HH:mm, 01:30",
    "2026-11-01T07:30:00Z, 2026-11-01T08:30:00Z, HH:mm XXX, 01:30 -06:00",
    "2026-11-01T07:30:00Z, 2026-11-01T08:30:00Z, HH:mm z, 01:30 MDT",
    "2026-03-08T08:30:00Z, 2026-03-08T10:30:00Z, HH:mm, 01:30"
  })
  void local_window_start_goes_back_an_hour_where_the_clock_was_set_back(
      Instant start, Instant now, String format, String value) {
    TokenTemplate template = TokenTemplate.parse("${dateTimeZone:America/Denver:" + format + "}");

    TokenTemplate.Resolved resolved = template.resolve(start, now, Map.of());

    assertThat(resolved.text()).isEqualTo(value);
    assertThat(resolved.tokens().get(0).instant()).isEqualTo(start);
  }

  @Test
  void upper_bound_stays_where_the_clock_was_set_back() {
    TokenTemplate template = TokenTemplate.parse("${nowTimeZone:America/Denver:HH:mm}");

    assertThat(
            template
                .resolve(
                    Instant.parse("2026-11-01T07:30:00Z"),
                    Instant.parse("2026-11-01T08:45:00Z"),
                    Map.of())
                .text())
        .isEqualTo("01:45");
  }

  @Test
  void written_out_offset_is_true_in_summer_too() {
    TokenTemplate template = TokenTemplate.parse("${dateTimeZone:PST:yyyy-MM-dd HH:mm:ss -0800}");
    Instant summer = Instant.parse("2026-07-01T12:00:00Z");

    assertThat(template.resolve(summer, summer, Map.of()).text())
        .isEqualTo("2026-07-01 04:00:00 -0800");
    assertThat(template.warnings()).singleElement().asString().contains("written out");
  }

  @Test
  void tokens_are_told_with_zone_and_instant() {
    assertThat(
            TokenTemplate.parse("${dateTimeZone:-8:00:HH} ${epoch:s} ${now:HH}")
                .resolve(START, NOW, Map.of())
                .tokens())
        .containsExactly(
            new TokenTemplate.Token("${dateTimeZone:-8:00:HH}", "04", "-8:00", START),
            new TokenTemplate.Token("${epoch:s}", "1772366405", null, START),
            new TokenTemplate.Token("${now:HH}", "12", "UTC", NOW));
  }

  @Test
  void placeholders_are_filled_and_missing_ones_stay() {
    TokenTemplate template = TokenTemplate.parse("/lists/{listId}/{other}/{listId}");

    assertThat(template.placeholders()).containsExactly("listId", "other");
    assertThat(template.hasTokens()).isFalse();
    assertThat(template.resolve(START, NOW, Map.of("listId", "7")).text())
        .isEqualTo("/lists/7/{other}/7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        "{\"a\":{\"b\":[{}]}}",
        "{ id }",
        "{{property}}",
        "query { events(where: {date: {gt: 1}}) { id } }",
        "$5 {} $ {"
      })
  void braces_of_a_body_survive(String body) {
    TokenTemplate template = TokenTemplate.parse(body);

    assertThat(template.resolve(START, NOW, Map.of("property", "x", "id", "y")).text())
        .isEqualTo(body);
    assertThat(template.placeholders()).isEmpty();
    assertThat(template.warnings()).isEmpty();
  }

  @Test
  void body_mixes_json_tokens_and_placeholders() {
    assertThat(
            TokenTemplate.parse("{\"f\":{\"since\":\"${date}\",\"list\":{listId}}}")
                .resolve(START, NOW, Map.of("listId", "7"))
                .text())
        .isEqualTo("{\"f\":{\"since\":\"2026-03-01T12:00:05Z\",\"list\":7}}");
  }

  @Test
  void contract_example_resolves_with_its_open_quote() {
    TokenTemplate template =
        TokenTemplate.parse(
            "/hubs/finance/customers?where=lastModifiedDate>='${date:yyyy-MM-dd'T'HH:mm:ss'Z'}'"
                + " and attributes='created_at,updated_at");

    assertThat(template.resolve(START, NOW, Map.of()).url())
        .isEqualTo(
            "/hubs/finance/customers?where=lastModifiedDate%3E=%272026-03-01T12:00:05Z%27"
                + "%20and%20attributes=%27created_at,updated_at");
    assertThat(template.warnings())
        .containsExactly(
            "a quote in where is left open: ...'created_at,updated_at; close it, or remove it");
  }

  @Test
  void plus_of_a_token_is_encoded_and_one_of_the_url_is_not() {
    assertThat(
            TokenTemplate.parse("/a+b?q=c+d&since=${date:HH:mmZ}&x=%20&list={list}")
                .resolve(START, NOW, Map.of("list", "r&d #1?"))
                .url())
        .isEqualTo("/a+b?q=c+d&since=12:00%2B0000&x=%20&list=r%26d%20%231%3F");
  }

  @Test
  void placeholder_at_the_front_may_be_a_base_url() {
    assertThat(
            TokenTemplate.parse("{base}/a")
                .resolve(START, NOW, Map.of("base", "https://h.example/x?y=1&z="))
                .url())
        .isEqualTo("https://h.example/x?y=1&z=/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{now:total}",
        "${date: yyyy-MM-dd}",
        "${date:\"yyyy-MM-dd\"}",
        "${dateTimeZone:EST:HH:mm}",
        "${date:yyyy-MM-dd+HH:mm}",
        "/a?where=x='1"
      })
  void odd_template_warns(String text) {
    assertThat(TokenTemplate.parse(text).warnings()).hasSize(1);
  }

  @Test
  void templates_are_equal_by_text() {
    assertThat(TokenTemplate.parse("a${date}"))
        .isEqualTo(TokenTemplate.parse("a${date}"))
        .hasSameHashCodeAs(TokenTemplate.parse("a${date}"))
        .hasToString("a${date}")
        .isNotEqualTo(TokenTemplate.parse("a"));
  }
}
