package dev.watchpost.poll;

import dev.watchpost.source.Answer;
import java.time.Instant;

/**
 * A poll that ends here: one clear line for the user, and when the source asked to be tried again.
 */
public sealed class PollFailure extends Exception permits PollFailure.Waiting, PollFailure.Later {
  private static final long serialVersionUID = 1L;

  private final transient Instant retryAt;

  PollFailure(String message) {
    this(message, null);
  }

  PollFailure(String message, Instant retryAt) {
    super(message);
    this.retryAt = retryAt;
  }

  /**
   * Of an answer without records.
   *
   * @param now when it arrived
   */
  static PollFailure of(Answer verdict, Instant now) {
    if (verdict instanceof Answer.Throttled throttled) {
      String meaning = throttled.status() == 503 ? "it is unavailable" : "it wants fewer requests";
      String line = "the source answered %d: %s".formatted(throttled.status(), meaning);
      return new PollFailure(line, throttled.retryAfter().map(now::plus).orElse(null));
    }
    return new PollFailure(
        verdict instanceof Answer.Failed failed
            ? failed.message()
            : "the source answered 401: it does not accept the credentials");
  }

  /** A poll that does not begin yet, by no fault of the source: it counts as no failure. */
  static final class Waiting extends PollFailure {
    private static final long serialVersionUID = 1L;

    Waiting(String message) {
      super(message);
    }

    /**
     * @param until it is of no use to try again before
     */
    Waiting(String message, Instant until) {
      super(message, until);
    }
  }

  /** A poll that goes on later, as it is, and counts as no failure either. */
  static final class Later extends PollFailure {
    private static final long serialVersionUID = 1L;

    Later(String message, Instant at) {
      super(message, at);
    }
  }

  /** The same, where the poll goes on when the source asked to be tried again. */
  Later waitedFor() {
    return new Later(getMessage(), retryAt);
  }

  /** Null: the source said nothing. */
  Instant retryAt() {
    return retryAt;
  }
}
