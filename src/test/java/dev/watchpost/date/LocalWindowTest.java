package dev.watchpost.date;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source that compares local times as texts, as many do: whatever the clock does in the window,
 * no record of it stands below its written start.
 */
class LocalWindowTest {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int WINDOWS = 300;

  private final Random random = new Random(38174);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "America/Denver",
        "Europe/Paris",
        "Australia/Lord_Howe", // half an hour
        "America/St_Johns",
        "Asia/Kolkata",
        "Pacific/Apia", // left a day out
        "Asia/Pyongyang"
      })
  void no_record_of_the_window_stands_below_its_written_start(String name) {
    ZoneId zone = ZoneId.of(name);
    TokenTemplate token = TokenTemplate.parse("${dateTimeZone:" + name + ":yyyy-MM-dd HH:mm:ss}");
    Instant day = Instant.parse("2010-01-01T00:00:00Z");
    for (int i = 0; i < WINDOWS; i++) {
      Instant start = around(zone, day.plus(Duration.ofDays(random.nextInt(3650))));
      Instant now = start.plusSeconds(random.nextInt(6 * 3600));
      LocalDateTime written =
          LocalDateTime.parse(token.resolve(start, now, Map.of()).text(), LOCAL);

      for (Instant at = start; !at.isAfter(now); at = at.plusSeconds(420)) {
        assertThat(LocalDateTime.ofInstant(at, zone))
            .as("%s in %s to %s", at, start, now)
            .isAfterOrEqualTo(written);
      }
    }
  }

  /** A little before the next time the clock is set, where there is one. */
  private Instant around(ZoneId zone, Instant instant) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
    return next == null ? instant : next.getInstant().minusSeconds(random.nextInt(3 * 3600));
  }
}
