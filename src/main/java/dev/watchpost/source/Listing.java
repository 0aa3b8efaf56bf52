package dev.watchpost.source;

import dev.watchpost.date.TokenTemplate;
import dev.watchpost.record.ListingKind;
import dev.watchpost.resource.Deletes;
import dev.watchpost.resource.Resource;

/**
 * One listing a poll reads, page by page. A poll reads the resource's own first, then, where its
 * deletes are told that way, that of the deleted ones or the full one of a sweep.
 */
public record Listing(ListingKind kind, TokenTemplate url) {

  /** True where the resource's own url lists everything, so that every poll is a sweep. */
  public static boolean sweepsItself(Resource resource) {
    return resource.deletes() instanceof Deletes.Sweep sweep
        && sweep.url() == null
        && !resource.url().hasTokens();
  }
}
