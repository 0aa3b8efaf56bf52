package dev.watchpost.model;

import java.util.List;

/**
 * A generated history: how the source behaves and is watched, and what happens in which order.
 *
 * @param skewSeconds the source's clock minus ours
 */
record Plan(Listing listing, Pages pages, int pageSize, int skewSeconds, List<Happening> story) {

  /** What the url lists, and how deletes are told. */
  enum Listing {
    /** Everything there is; deletes by sweep. */
    ALL,
    /** What was edited since; deletes are not told. */
    SINCE,
    /** What was edited since, deleted ones with a mark. */
    SINCE_MARKED
  }

  /** PAGE and OFFSET count records as they are at each request; the others keep their place. */
  enum Pages {
    LINK,
    PAGE,
    OFFSET,
    CURSOR,
    NEXT_URL;

    boolean shift() {
      return this == PAGE || this == OFFSET;
    }
  }

  /** What is wrong with a poll's answers. */
  enum Fault {
    NONE,
    TOO_MANY_REQUESTS,
    SERVER_ERROR,
    RESET,
    CUT_OFF,
    STALL
  }

  /** One thing that happens. */
  sealed interface Happening {}

  /**
   * @param lateSeconds until it is visible
   */
  record Create(int lateSeconds) implements Happening {}

  /**
   * @param which of the records there are, counted round
   */
  record Edit(int which, int lateSeconds) implements Happening {}

  record Delete(int which) implements Happening {}

  /** A deleted record is there again, as a new version. */
  record Restore(int which) implements Happening {}

  record Pass(int seconds) implements Happening {}

  /**
   * @param page with which the fault is met, from 1
   * @param between what happens after the first page was read
   */
  record Poll(Fault fault, int page, List<Happening> between) implements Happening {}
}
