package dev.watchpost.poll;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchpost.record.KnownRecords;
import dev.watchpost.resource.Resource;

/**
 * The {@link KnownRecords} of the resources that are polled most, in an eighth of the heap at most.
 * A resource that is not in it costs its next poll a look into the ledger, nothing else.
 */
final class RecordMemory {
  private static final int SHARE_OF_HEAP = 8;

  private final long bytes;
  private final Cache<Long, KnownRecords> known;

  RecordMemory() {
    this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  RecordMemory(long bytes) {
    this.bytes = bytes;
    this.known =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Long id, KnownRecords records) -> records.bytes())
            .build();
  }

  /** Of a poll that begins; empty where the ledger or the settings have moved on without it. */
  KnownRecords of(Resource resource, ResourceState state) {
    KnownRecords kept = known.getIfPresent(state.id());
    if (kept != null && kept.holds(resource, state.ledgerVersion(), state.toldVersion())) {
      kept.begin();
      return kept;
    }
    return new KnownRecords(
        resource,
        state.ledgerVersion(),
        state.toldVersion(),
        (int) Math.min(Integer.MAX_VALUE, bytes / KnownRecords.MOST_BYTES));
  }

  /** For the next poll. */
  void keep(PollRun run) {
    if (run.ledger().known() != null) {
      known.put(run.state().id(), run.ledger().known());
    }
  }
}
