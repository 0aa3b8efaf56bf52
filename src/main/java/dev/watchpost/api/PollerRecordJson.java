package dev.watchpost.api;

import dev.watchpost.poll.Polls;
import dev.watchpost.poll.ResourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How one resource's polls fare; dates are ISO 8601, null where it has not happened yet.
 *
 * @param lag seconds since the last success
 * @param failures in a row
 * @param lastResult counts of the last poll
 */
record PollerRecordJson(
    long instanceId,
    String resource,
    String objectType,
    String cursor,
    String startFrom,
    String lastSuccess,
    String lastPoll,
    String nextPoll,
    Long lag,
    long polls,
    int failures,
    boolean paused,
    String lastError,
    String lastErrorDate,
    int heldDeletes,
    Quarantine quarantined,
    PollJson lastResult) {

  private static final int SHOWN = 5;

  /** Records that could not be entered: how many, and the newest few. */
  record Quarantine(long count, List<Record> newest) {}

  /** One of them. */
  record Record(
      String objectId, String reason, String excerpt, String firstDate, String lastDate) {}

  static PollerRecordJson of(
      ResourceState state, Polls.Past last, List<Polls.Quarantine> quarantine, Instant now) {
    return new PollerRecordJson(
        state.instanceId(),
        state.name(),
        state.name(),
        PollJson.text(state.cursor()),
        PollJson.text(state.startFrom()),
        PollJson.text(state.lastSuccess()),
        PollJson.text(state.lastPoll()),
        PollJson.text(state.nextPoll()),
        state.lastSuccess() == null ? null : Duration.between(state.lastSuccess(), now).toSeconds(),
        state.polls(),
        state.failures(),
        state.paused(),
        state.lastError(),
        PollJson.text(state.lastErrorAt()),
        state.heldDeletes(),
        new Quarantine(state.quarantined(), newest(state.name(), quarantine)),
        PollJson.of(last));
  }

  private static List<Record> newest(String resource, List<Polls.Quarantine> quarantine) {
    return quarantine.stream()
        .filter(record -> record.resource().equals(resource))
        .limit(SHOWN)
        .map(
            record ->
                new Record(
                    record.objectId(),
                    record.reason(),
                    record.excerpt(),
                    PollJson.text(record.firstAt()),
                    PollJson.text(record.lastAt())))
        .toList();
  }
}
