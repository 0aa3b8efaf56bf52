package dev.watchpost.source;

import java.time.Duration;
import java.util.Optional;

/** What the status of a poll's answer means. */
public sealed interface Answer {

  /**
   * Records may be read from it.
   *
   * @param hasBody false for 204 and 205: no records, nothing to read
   */
  record Usable(boolean hasBody) implements Answer {}

  /** 304: all as it was. */
  record NotModified() implements Answer {}

  /** 401: the token may be stale. */
  record Unauthorized() implements Answer {}

  /**
   * 429 or 503; or 403 where its headers say that too much was asked.
   *
   * @param retryAfter at most 24 h; empty where the source does not say
   */
  record Throttled(int status, Optional<Duration> retryAfter) implements Answer {}

  /**
   * A redirect.
   *
   * @param location as sent, perhaps relative
   */
  record Moved(int status, String location) implements Answer {}

  /**
   * Anything else.
   *
   * @param message one line
   */
  record Failed(int status, String message) implements Answer {}
}
