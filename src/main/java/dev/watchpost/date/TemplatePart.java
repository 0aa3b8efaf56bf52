package dev.watchpost.date;

import java.time.Instant;

/** A piece of a template. */
sealed interface TemplatePart {
  record Literal(String text) implements TemplatePart {}

  record Placeholder(String name) implements TemplatePart {}

  /**
   * A date token.
   *
   * @param token as written
   * @param upper true where it stands for now, the upper bound of the window
   */
  record Stamp(String token, boolean upper, Value value) implements TemplatePart {
    TokenTemplate.Token resolve(Instant windowStart, Instant now) {
      Instant instant = upper ? now : windowStart;
      String text =
          value instanceof Formatted formatted
              ? upper
                  ? formatted.writer().write(now)
                  : formatted.writer().writeStart(windowStart, now)
              : ((Epoch) value).unit().since(instant);
      String zone = value instanceof Formatted formatted ? formatted.zone() : null;
      return new TokenTemplate.Token(token, text, zone, instant);
    }

    /** Zero stands for no time: what the url answers does not depend on it. */
    boolean stands() {
      return !(value instanceof Epoch epoch) || epoch.unit() != EpochUnit.ZERO;
    }
  }

  /** What a token becomes. */
  sealed interface Value {}

  /**
   * @param zone as written
   */
  record Formatted(DateWriter writer, String zone) implements Value {}

  record Epoch(EpochUnit unit) implements Value {}
}
