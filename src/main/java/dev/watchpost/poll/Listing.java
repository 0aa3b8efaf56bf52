package dev.watchpost.poll;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.instance.Deletes;
import dev.watchpost.instance.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One listing a poll reads, page by page. A poll reads the resource's own first, then, where its
 * deletes are told that way, that of the deleted ones or the full one of a sweep.
 */
public record Listing(Kind kind, TokenTemplate url) {

  /** What the records of a listing say. */
  public enum Kind {
    /** These are as they are now. */
    RECORDS,
    /** These were deleted. */
    DELETED,
    /** These and no others exist. */
    EXISTING
  }

  static List<Listing> of(Resource resource, ResourceState state, Instant now) {
    List<Listing> listings = new ArrayList<>();
    listings.add(new Listing(Kind.RECORDS, resource.url()));
    if (resource.deletes() instanceof Deletes.ByUrl byUrl) {
      listings.add(new Listing(Kind.DELETED, byUrl.url()));
    }
    if (resource.deletes() instanceof Deletes.Sweep sweep
        && sweep.url() != null
        && due(sweep, state, now)) {
      listings.add(new Listing(Kind.EXISTING, sweep.url()));
    }
    return listings;
  }

  private static boolean due(Deletes.Sweep sweep, ResourceState state, Instant now) {
    return state.sweepAt() == null || !now.isBefore(state.sweepAt().plus(sweep.interval()));
  }

  /** True where the resource's own url lists everything, so that every poll is a sweep. */
  static boolean sweepsItself(Resource resource) {
    return resource.deletes() instanceof Deletes.Sweep sweep
        && sweep.url() == null
        && !resource.url().hasTokens();
  }
}
