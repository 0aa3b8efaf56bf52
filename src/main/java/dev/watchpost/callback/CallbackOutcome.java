package dev.watchpost.callback;

import dev.watchpost.network.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What came of one POST. */
sealed interface CallbackOutcome {
  int GONE = 410;
  int TOO_MANY = 429;
  int UNAVAILABLE = 503;

  /**
   * 2xx, or a Camel endpoint took it.
   *
   * @param status null where it was a Camel endpoint
   */
  record Accepted(Integer status) implements CallbackOutcome {}

  /**
   * Any other answer, a redirect among them.
   *
   * @param slow the whole endpoint asks for patience, not this notification alone
   */
  record Refused(int status, Optional<Duration> retryAfter, boolean slow)
      implements CallbackOutcome {}

  /** 410: the receiver wants no more of this instance. */
  record Gone() implements CallbackOutcome {}

  /** No answer. */
  record Unreachable(String error) implements CallbackOutcome {}

  /** It never left us: the instance's settings do not allow a request. */
  record Unsendable(String error) implements CallbackOutcome {}

  static CallbackOutcome of(int status, String retryAfter, Instant now) {
    if (status >= 200 && status < 300) {
      return new Accepted(status);
    }
    if (status == GONE) {
      return new Gone();
    }
    boolean slow = status == TOO_MANY || status == UNAVAILABLE;
    return new Refused(status, RetryAfter.parse(retryAfter, now), slow);
  }

  /** Nothing more is to be sent to the endpoint for now. */
  default boolean stops() {
    return this instanceof Gone
        || this instanceof Unreachable
        || this instanceof Unsendable
        || (this instanceof Refused refused && refused.slow);
  }

  /** The word under which it is logged and stored. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Of the answer; null: none came. */
  default Integer code() {
    if (this instanceof Accepted accepted) {
      return accepted.status;
    }
    if (this instanceof Refused refused) {
      return refused.status;
    }
    return this instanceof Gone ? GONE : null;
  }

  /** One line; null where it was accepted. */
  default String reason() {
    if (this instanceof Unreachable unreachable) {
      return unreachable.error;
    }
    if (this instanceof Unsendable unsendable) {
      return unsendable.error;
    }
    return this instanceof Accepted ? null : "the callback answered " + code();
  }
}
