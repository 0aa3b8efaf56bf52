package dev.watchpost.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BoundedInputStreamTest {

  private final SettableClock clock = new SettableClock(Instant.EPOCH);

  @Test
  void bytes_of_all_pages_count_against_one_budget() throws Exception {
    var budget = new ByteBudget(10);

    assertThat(bounded(new byte[6], budget).readAllBytes()).hasSize(6);
    assertThatThrownBy(() -> bounded(new byte[6], budget).readAllBytes())
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageStartingWith("the answers of this poll are larger than 10 bytes");
    assertThat(bounded(new byte[10], new ByteBudget(10)).readAllBytes()).hasSize(10);
  }

  @Test
  void trickling_body_is_ended() {
    assertThatThrownBy(() -> slow(2_000, 10, Duration.ofSeconds(1)).readAllBytes())
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageStartingWith("the answer trickles");
  }

  @Test
  void slow_but_steady_body_goes_on() throws Exception {
    assertThat(slow(20_000, 500, Duration.ofSeconds(9)).readAllBytes()).hasSize(20_000);
  }

  @Test
  void body_that_brings_little_for_long_is_ended() {
    assertThatThrownBy(() -> slow(60_000, 500, Duration.ofSeconds(9)).readAllBytes())
        .isInstanceOf(UnusableAnswer.class)
        .hasMessageMatching("the answer comes too slowly: \\d+ bytes in 603 s");
  }

  @Test
  void time_between_reads_does_not_count() throws Exception {
    InputStream body = bounded(new byte[100], new ByteBudget(1_000));
    for (int i = 0; i < 100; i++) {
      assertThat(body.read()).isZero();
      clock.advance(Duration.ofSeconds(60));
    }
    assertThat(body.read()).isEqualTo(-1);
  }

  private InputStream bounded(byte[] bytes, ByteBudget budget) {
    return new BoundedInputStream(
        new ByteArrayInputStream(bytes), budget, clock, Duration.ofSeconds(30));
  }

  /** Brings {@code chunk} bytes each {@code pause}. */
  private InputStream slow(int length, int chunk, Duration pause) {
    InputStream source =
        new ByteArrayInputStream(new byte[length]) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int wanted) {
            clock.advance(pause);
            return super.read(buffer, offset, Math.min(chunk, wanted));
          }
        };
    return new BoundedInputStream(source, new ByteBudget(1 << 20), clock, Duration.ofSeconds(30));
  }
}
