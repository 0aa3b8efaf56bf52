package dev.watchpost.change;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.watchpost.poll.PollRun;
import dev.watchpost.record.BadRecord;
import dev.watchpost.store.Columns;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Records that could not be entered, until they can. */
final class Quarantine {
  private static final int REASON_LENGTH = 2_000;

  private Quarantine() {}

  static void add(Handle handle, PollRun run, List<BadRecord> bad) {
    for (BadRecord record : bad) {
      int known =
          handle
              .createUpdate(
                  "update quarantine set last_at = ? where resource_id = ? and digest = ?")
              .bind(0, run.startedAt())
              .bind(1, run.state().id())
              .bind(2, digest(record))
              .execute();
      if (known == 0) {
        insert(handle, run, record);
      }
    }
  }

  private static void insert(Handle handle, PollRun run, BadRecord record) {
    handle
        .createUpdate(
            """
            insert into quarantine (resource_id, record_id, reason, excerpt, digest, first_at, last_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(0, run.state().id())
        .bind(1, record.id())
        .bind(2, record.reason().substring(0, Math.min(REASON_LENGTH, record.reason().length())))
        .bind(3, record.excerpt())
        .bind(4, digest(record))
        .bind(5, run.startedAt())
        .bind(6, run.startedAt())
        .execute();
  }

  /** Records that are sound again leave it. */
  static void release(Handle handle, long resourceId, Collection<String> ids) {
    handle
        .createUpdate("delete from quarantine where resource_id = ? and record_id = any(?)")
        .bind(0, resourceId)
        .bind(1, Columns.array("varchar", ids))
        .execute();
  }

  private static String digest(BadRecord record) {
    return Long.toHexString(
        Hashing.xxh3_64()
            .hashCharsToLong(record.id() + "\n" + record.reason() + "\n" + record.excerpt()));
  }
}
