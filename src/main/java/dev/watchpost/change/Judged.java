package dev.watchpost.change;

import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.record.BadRecord;
import dev.watchpost.record.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a page means: the rows and events to be entered, and what is known from then on. */
final class Judged {
  final Map<String, LedgerRow> rows = new LinkedHashMap<>();
  final List<NewEvent> events = new ArrayList<>();
  final List<BadRecord> bad = new ArrayList<>();
  final List<String> sound = new ArrayList<>();

  /** See {@link Ledger.Known}. */
  boolean reopened;

  /** Something was passed over for a webhook that told of it. */
  boolean later;

  private final Map<String, SourceRecord> held = new LinkedHashMap<>();
  private final boolean learns;

  /**
   * @param learns the page shows records as they are
   */
  Judged(boolean learns) {
    this.learns = learns;
  }

  long count(EventType type) {
    return events.stream().filter(event -> event.type() == type).count();
  }

  /** True where something is to be written. */
  boolean news() {
    return !rows.isEmpty() || !bad.isEmpty();
  }

  void add(BadRecord record) {
    bad.add(record);
    held.remove(record.id());
  }

  /**
   * @param row what the ledger holds of the record from now on
   */
  void judged(SourceRecord record, LedgerRow row) {
    sound.add(record.id());
    if (learns && row.holds(record)) {
      held.put(record.id(), record);
    } else {
      held.remove(record.id());
    }
  }

  /** Records that the ledger holds as they are shown, after the commit. */
  Collection<SourceRecord> held() {
    return held.values();
  }
}
