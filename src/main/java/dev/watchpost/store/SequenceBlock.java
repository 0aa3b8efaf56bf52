package dev.watchpost.store;

import org.jdbi.v3.core.Handle;

/**
 * Numbers of a sequence, fetched in blocks: one statement for 100,000 of them. Numbers of a
 * transaction that rolls back are lost. Thread-safe.
 */
public final class SequenceBlock {
  /** The sequence's increment. */
  private static final int SIZE = 100_000;

  private final String nextBlock;
  private long next;
  private long end;

  public SequenceBlock(Dialect dialect, String sequence) {
    this.nextBlock =
        switch (dialect) {
          case H2 -> "select next value for " + sequence;
          case POSTGRESQL -> "select nextval('" + sequence + "')";
        };
  }

  public synchronized long next(Handle handle) {
    if (next == end) {
      next = handle.createQuery(nextBlock).mapTo(Long.class).one();
      end = next + SIZE;
    }
    return next++;
  }
}
