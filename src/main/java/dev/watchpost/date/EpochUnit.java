package dev.watchpost.date;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Units of {@code ${epoch}}. What is finer than the unit is cut off, so never later than meant. */
enum EpochUnit {
  MILLISECONDS("ms"),
  SECONDS("s"),
  MICROSECONDS("us"),
  /** Always 0: from the very beginning. */
  ZERO("0");

  private final String key;

  EpochUnit(String key) {
    this.key = key;
  }

  static EpochUnit of(String key) {
    for (EpochUnit unit : values()) {
      if (unit.key.equalsIgnoreCase(key)) {
        return unit;
      }
    }
    return null;
  }

  String since(Instant instant) {
    return switch (this) {
      case MILLISECONDS -> String.valueOf(instant.toEpochMilli());
      case SECONDS -> String.valueOf(instant.getEpochSecond());
      case MICROSECONDS -> String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
      case ZERO -> "0";
    };
  }
}
