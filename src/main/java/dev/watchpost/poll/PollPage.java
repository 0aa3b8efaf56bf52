package dev.watchpost.poll;

import dev.watchpost.record.ListingKind;
import dev.watchpost.record.RecordBatch;

/**
 * A batch of records on its way to the changed-record filter.
 *
 * @param kind what its listing says of them
 * @param closing it is the last of its poll: the cursor moves with it
 * @param resume where the poll goes on if it breaks off after this batch; null: where it would have
 *     gone on before it
 */
public record PollPage(RecordBatch batch, ListingKind kind, boolean closing, ResumePoint resume) {
  static PollPage within(RecordBatch batch, ListingKind kind) {
    return new PollPage(batch, kind, false, null);
  }
}
