package dev.watchpost.poll;

import dev.watchpost.instance.Paging;
import dev.watchpost.instance.Resource;
import dev.watchpost.instance.StartFrom;
import java.time.Duration;
import java.time.Instant;

/**
 * What the tokens of a poll's url stand for. It fills the url and nothing else: what was read
 * before is known to the ledger.
 *
 * @param start last successful poll start - pollDelay - overlap, never before startFrom
 * @param now upper bound, the same for all pages
 */
public record PollWindow(Instant start, Instant now) {

  static PollWindow of(Resource resource, ResourceState state, Instant now) {
    Instant startFrom = startFrom(resource, state);
    Instant reached = reached(resource.paging(), state);
    if (reached == null) {
      return new PollWindow(startFrom, now);
    }
    Duration back = resource.pollDelay().plus(resource.overlap());
    Instant start = reached.minus(back);
    return new PollWindow(start.isBefore(startFrom) ? startFrom : start, now);
  }

  /**
   * Records shift between the pages of page and offset paging while they are read: one successful
   * poll further back.
   */
  private static Instant reached(Paging paging, ResourceState state) {
    boolean shifts = paging.type() == Paging.Type.PAGE || paging.type() == Paging.Type.OFFSET;
    if (shifts && state.cursor() != null) {
      return state.previousCursor() == null ? null : state.previousCursor();
    }
    return state.cursor();
  }

  static Instant startFrom(Resource resource, ResourceState state) {
    if (resource.startFrom() instanceof StartFrom.At at) {
      return at.instant();
    }
    return resource.startFrom() instanceof StartFrom.Beginning ? Instant.EPOCH : state.startFrom();
  }
}
