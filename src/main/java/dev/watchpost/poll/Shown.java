package dev.watchpost.poll;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.record.BadRecord;
import dev.watchpost.record.SourceRecord;
import dev.watchpost.source.ShownRequest;
import dev.watchpost.source.SourceRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a poll's report shows: requests, and of a dry poll what it read and would enter. */
final class Shown {
  private static final int RECORDS = 10;

  private final List<ShownRequest> requests = new ArrayList<>();
  private final List<TokenTemplate.Token> tokens = new ArrayList<>();
  private final List<PollReport.Event> events = new ArrayList<>();
  private final List<PollReport.Quarantined> bad = new ArrayList<>();
  private final List<String> sample = new ArrayList<>();

  void sent(SourceRequest request, List<TokenTemplate.Token> resolved) {
    requests.add(request.shown());
    tokens.addAll(resolved);
  }

  void sample(List<SourceRecord> records) {
    records.stream()
        .limit(RECORDS - (long) sample.size())
        .forEach(record -> sample.add(new String(record.json(), StandardCharsets.UTF_8)));
  }

  void event(String type, String objectId, Instant date) {
    events.add(new PollReport.Event(type, objectId, date));
  }

  void quarantined(BadRecord record) {
    bad.add(new PollReport.Quarantined(record.id(), record.reason(), record.excerpt()));
  }

  /**
   * @param error one line; null: it succeeded
   * @param waitsUntil null: it does not wait
   */
  PollReport report(PollRun run, Instant ended, String error, Instant waitsUntil) {
    PollCounts counts = run.counts();
    return new PollReport(
        0,
        run.instance().id(),
        run.resource().name(),
        run.dry(),
        run.startedAt(),
        Duration.between(run.startedAt(), ended),
        run.windowStart(),
        error,
        waitsUntil,
        List.copyOf(requests),
        List.copyOf(tokens),
        counts.pages(),
        counts.records(),
        counts.created(),
        counts.updated(),
        counts.deleted(),
        counts.quarantined(),
        List.copyOf(events),
        List.copyOf(sample),
        List.copyOf(bad));
  }
}
