package dev.watchpost.operation;

import java.time.Duration;
import java.time.Instant;

/**
 * How one watched resource fared when it was looked at.
 *
 * @param lastSuccess null: none yet
 * @param lag since the last success; without one, since this process watches it
 * @param failures in a row
 * @param paused after too many failures
 * @param stalled no progress for three intervals
 * @param lastError one line; null where the last poll succeeded
 */
record ResourceLook(
    long instanceId,
    String resource,
    Instant lastSuccess,
    Duration lag,
    int failures,
    boolean paused,
    boolean stalled,
    String lastError) {

  /** What it counts as; each resource is in exactly one of these. */
  enum State {
    OK,
    FAILING,
    STALLED,
    PAUSED
  }

  State state() {
    if (paused) {
      return State.PAUSED;
    }
    if (stalled) {
      return State.STALLED;
    }
    return failures > 0 ? State.FAILING : State.OK;
  }

  /** Without progress: paused or stalled. */
  boolean down() {
    return paused || stalled;
  }
}
