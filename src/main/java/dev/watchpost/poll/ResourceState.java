package dev.watchpost.poll;

import dev.watchpost.record.ListingKind;
import dev.watchpost.resource.Deletes;
import dev.watchpost.resource.Paging;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.StartFrom;
import dev.watchpost.source.Listing;
import dev.watchpost.source.PollWindow;
import dev.watchpost.source.Validators;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    ResumePoint resume) {

  PollWindow window(Resource resource, Instant now) {
    Instant from = startFrom(resource);
    Instant reached = reached(resource.paging());
    if (reached == null) {
      return new PollWindow(from, now);
    }
    Duration back = resource.pollDelay().plus(resource.overlap());
    Instant start = reached.minus(back);
    return new PollWindow(start.isBefore(from) ? from : start, now);
  }

  /**
   * Records shift between the pages of page and offset paging while they are read: one successful
   * poll further back.
   */
  private Instant reached(Paging paging) {
    boolean shifts = paging.type() == Paging.Type.PAGE || paging.type() == Paging.Type.OFFSET;
    if (shifts && cursor != null) {
      return previousCursor == null ? null : previousCursor;
    }
    return cursor;
  }

  Instant startFrom(Resource resource) {
    if (resource.startFrom() instanceof StartFrom.At at) {
      return at.instant();
    }
    return resource.startFrom() instanceof StartFrom.Beginning ? Instant.EPOCH : startFrom;
  }

  List<Listing> listings(Resource resource, Instant now) {
    List<Listing> listings = new ArrayList<>();
    listings.add(new Listing(ListingKind.RECORDS, resource.url()));
    if (resource.deletes() instanceof Deletes.ByUrl byUrl) {
      listings.add(new Listing(ListingKind.DELETED, byUrl.url()));
    }
    if (resource.deletes() instanceof Deletes.Sweep sweep
        && sweep.url() != null
        && due(sweep, now)) {
      listings.add(new Listing(ListingKind.EXISTING, sweep.url()));
    }
    return listings;
  }

  private boolean due(Deletes.Sweep sweep, Instant now) {
    return sweepAt == null || !now.isBefore(sweepAt.plus(sweep.interval()));
  }

  Validators validators() {
    return new Validators(etag, lastModified, validatedUrl);
  }
}
