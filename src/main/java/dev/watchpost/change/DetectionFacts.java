package dev.watchpost.change;

import java.time.Instant;

/**
 * What holds for a whole poll when its records are judged.
 *
 * @param startFrom changes before it do not count
 * @param fromBeginning startFrom is {@code beginning}
 * @param lastPoll start of the last successful poll; null: this may be the first complete one
 * @param pollStart start of this poll
 * @param rebaseline whatever is shown is remembered silently
 */
record DetectionFacts(
    Instant startFrom,
    boolean fromBeginning,
    Instant lastPoll,
    Instant pollStart,
    boolean rebaseline) {

  boolean firstComplete() {
    return lastPoll == null;
  }

  Instant lastPollOrStart() {
    return lastPoll == null ? startFrom : lastPoll;
  }
}
