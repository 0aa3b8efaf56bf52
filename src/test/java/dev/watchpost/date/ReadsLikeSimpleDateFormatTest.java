package dev.watchpost.date;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SimpleDateFormat is the oracle: what it writes for random instants reads back, and the same. */
class ReadsLikeSimpleDateFormatTest {
  private static final long SECONDS_FROM_1970_TO_2040 = 2_208_988_800L;

  private final Random random = new Random(38174);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd'T'HH:mm:ssXXX",
        "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
        "yyyy-MM-dd'T'HH:mm:ssX",
        "EEE, dd MMM yyyy HH:mm:ss Z",
        "EEEE, d MMMM yyyy hh:mm:ss a Z",
        "EEE MMM dd HH:mm:ss zzz yyyy",
        "yyyyMMddHHmmssSSSZ",
        "yyyy-DDD HH:mm:ss.SSS XX",
        "dd.MM.yyyy kk:mm:ss Z",
        "yyyy/M/d K:m:s a XXX"
      })
  void what_it_writes_reads_back(String pattern) {
    for (String zone : List.of("UTC", "America/Denver", "Europe/Paris", "Asia/Tokyo")) {
      SourceDateFormat ours = SourceDateFormat.of(pattern, zone);
      SimpleDateFormat oracle = oracle(pattern, zone);
      for (int i = 0; i < 500; i++) {
        Instant instant = instant(pattern);
        String text = oracle.format(Date.from(instant));
        assertThat(ours.parse(text).start()).as(text).isEqualTo(instant);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd HH:mm:ss",
        "MM/dd/yyyy hh:mm:ss a",
        "yyyyMMddHHmmss",
        "d-MMM-yyyy HH:mm:ss"
      })
  void local_times_read_back_in_their_zone(String pattern) {
    SourceDateFormat ours = SourceDateFormat.of(pattern, "Asia/Kolkata"); // no daylight saving
    SimpleDateFormat oracle = oracle(pattern, "Asia/Kolkata");
    for (int i = 0; i < 2000; i++) {
      Instant instant = instant(pattern);
      assertThat(ours.parse(oracle.format(Date.from(instant))).start()).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yyyy-MM-dd'T'HH:mm:ssXXX",
        "yyyy-MM-dd'T'HH:mm:ss.SSSZ",
        "yyyy-MM-dd'T'HH:mmz",
        "EEE, d MMM yy hh:mm:ss a Z",
        "EEEE MMMM dd K:m a k 'o''clock' u",
        "MM/dd/yyyy HH:mm:ss",
        "y-M-d H:m:s"
      })
  void tokens_write_what_it_writes(String pattern) {
    for (String zone : List.of("UTC", "GMT", "America/Denver", "Europe/Paris")) {
      TokenTemplate token = TokenTemplate.parse("${nowTimeZone:" + zone + ":" + pattern + "}");
      SimpleDateFormat oracle = oracle(pattern, zone);
      for (int i = 0; i < 500; i++) {
        Instant now = instant("SSS");
        assertThat(token.resolve(now, now, Map.of()).text())
            .isEqualTo(oracle.format(Date.from(now)));
      }
    }
  }

  @Test
  void real_formats_write_and_read_as_it_does() throws Exception {
    Set<String> formats = realFormats();
    assertThat(formats).hasSizeGreaterThan(12);
    for (String format : formats) {
      // a written-out Z or -0800 is true here, whatever the zone: there it differs on purpose
      boolean claims = format.matches(".*('Z'|[+-]\\d{4})");
      for (String zone : claims ? List.of("UTC") : List.of("UTC", "Asia/Kolkata", "GMT-08:00")) {
        SourceDateFormat ours = SourceDateFormat.of(format, zone);
        TokenTemplate token = TokenTemplate.parse("${nowTimeZone:" + zone + ":" + format + "}");
        SimpleDateFormat oracle = oracle(format, zone);
        for (int i = 0; i < 200; i++) {
          Instant instant = instant("SSS");
          String text = oracle.format(Date.from(instant));
          assertThat(token.resolve(instant, instant, Map.of()).text()).isEqualTo(text);
          assertThat(ours.parse(text).start()).as(text).isEqualTo(oracle.parse(text).toInstant());
        }
      }
    }
  }

  /** Of records and of tokens, but for those finer than SimpleDateFormat's milliseconds. */
  private static Set<String> realFormats() throws Exception {
    Set<String> formats = new TreeSet<>();
    try (InputStream in =
        ReadsLikeSimpleDateFormatTest.class.getResourceAsStream("/poller-configurations.json")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Pattern.compile("(?:DateFormat\": \"|[dD]ate:|:PST:)([^\"{}]*yyyy[^\"{}]*)[\"}]")
          .matcher(all)
          .results()
          .map(found -> found.group(1))
          .filter(
              format -> DatePatternCheck.sound(format, true) && !format.matches(".*(SSSS|-0800).*"))
          .forEach(formats::add);
    }
    return formats;
  }

  private static SimpleDateFormat oracle(String pattern, String zone) {
    SimpleDateFormat oracle = new SimpleDateFormat(pattern, Locale.ENGLISH);
    oracle.setTimeZone(TimeZone.getTimeZone(zone));
    return oracle;
  }

  private Instant instant(String pattern) {
    long second = (long) (random.nextDouble() * SECONDS_FROM_1970_TO_2040);
    return Instant.ofEpochSecond(
        second, pattern.contains("SSS") ? random.nextInt(1000) * 1_000_000L : 0);
  }
}
