package dev.watchpost;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is set, or goes on by as much whenever it is looked at. */
public final class SettableClock extends Clock {
  private final Duration step;
  private Instant now;

  public SettableClock(Instant now) {
    this(now, Duration.ZERO);
  }

  /**
   * @param step between two looks at it
   */
  public SettableClock(Instant now, Duration step) {
    this.now = now;
    this.step = step;
  }

  public synchronized void set(Instant instant) {
    now = instant;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public synchronized Instant instant() {
    now = now.plus(step);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
