package dev.watchpost.poll;

import java.time.Instant;

/**
 * How one resource's polls fare, as stored. Instants are null where it has not happened yet.
 *
 * @param startFrom from when on changes count
 * @param cursor start of the last successful poll
 * @param previousCursor of the one before it
 * @param recordsPath where the records were found, learned; null: not yet
 * @param polls successful ones so far
 * @param failures in a row
 * @param paused after too many failures, until the operator polls it or enables the instance again
 * @param quarantined records now in quarantine
 * @param ledgerVersion raised by every transaction that writes the resource's ledger rows
 * @param toldVersion raised by every transaction in which a webhook writes them
 * @param heldDeletes deletes held back by the sweep limit
 * @param resume where a poll that broke off goes on; null: at the beginning
 */
public record ResourceState(
    long id,
    long instanceId,
    String name,
    String baseline,
    boolean rebaseline,
    Instant startFrom,
    Instant cursor,
    Instant previousCursor,
    String recordsPath,
    String etag,
    String lastModified,
    String validatedUrl,
    Instant sweepAt,
    int heldDeletes,
    long polls,
    int failures,
    boolean paused,
    Instant nextPoll,
    Instant lastPoll,
    Instant lastSuccess,
    String lastError,
    Instant lastErrorAt,
    long quarantined,
    long ledgerVersion,
    long toldVersion,
    ResumePoint resume) {}
