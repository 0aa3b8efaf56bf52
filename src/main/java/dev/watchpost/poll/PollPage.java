package dev.watchpost.poll;

/**
 * A batch of records on its way to the changed-record filter.
 *
 * @param kind what its listing says of them
 * @param closing it is the last of its poll: the cursor moves with it
 */
public record PollPage(RecordBatch batch, Listing.Kind kind, boolean closing) {}
