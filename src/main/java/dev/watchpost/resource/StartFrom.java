package dev.watchpost.resource;

import java.time.Instant;

/** From when on changes count: {@code now}, {@code beginning}, or an instant. */
public sealed interface StartFrom {

  /** When the resource was first enabled. */
  record Now() implements StartFrom {}

  /** 1970-01-01T00:00:00Z. */
  record Beginning() implements StartFrom {}

  /** An instant. */
  record At(Instant instant) implements StartFrom {}
}
