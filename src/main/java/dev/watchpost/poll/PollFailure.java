package dev.watchpost.poll;

import java.time.Instant;

/**
 * A poll that ends here: one clear line for the user, and when the source asked to be tried again.
 */
public final class PollFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Instant retryAt;

  PollFailure(String message) {
    this(message, null);
  }

  PollFailure(String message, Instant retryAt) {
    super(message);
    this.retryAt = retryAt;
  }

  /** Null: the source said nothing. */
  Instant retryAt() {
    return retryAt;
  }
}
