package dev.watchpost.api;

import dev.watchpost.poll.Polls;
import java.time.Instant;

/** A past poll. */
record PollJson(
    long id,
    String resource,
    String startedDate,
    String endedDate,
    String windowStart,
    String outcome,
    String error,
    int pages,
    long records,
    long created,
    long updated,
    long deleted,
    long events,
    long quarantined) {

  /**
   * @param past null: none yet
   */
  static PollJson of(Polls.Past past) {
    return past == null
        ? null
        : new PollJson(
            past.id(),
            past.resource(),
            text(past.startedAt()),
            text(past.endedAt()),
            text(past.windowStart()),
            past.outcome(),
            past.error(),
            past.pages(),
            past.records(),
            past.created(),
            past.updated(),
            past.deleted(),
            past.created() + past.updated() + past.deleted(),
            past.quarantined());
  }

  static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
