package dev.watchpost.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/**
 * Which commits are certain to be there after a crash: those made before a flush began that has
 * ended. Thread-safe.
 */
final class Flushes {
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong needed = new AtomicLong();
  private final AtomicInteger committing = new AtomicInteger();

  /** The transaction of {@code handle} needs a flush after its commit. */
  void needed(Handle handle) {
    committing.incrementAndGet();
    handle.afterCommit(
        () -> {
          needed.accumulateAndGet(begun.get() + 1, Math::max);
          committing.decrementAndGet();
        });
    handle.afterRollback(committing::decrementAndGet);
  }

  /** False where every such transaction whose rows one could have seen before is flushed. */
  boolean isDue() {
    // one that is committing may have been seen, and says only later that it needs a flush
    return committing.get() > 0 || ended.get() < needed.get();
  }

  void flush(Runnable flush) {
    long number = begun.incrementAndGet();
    flush.run();
    ended.accumulateAndGet(number, Math::max);
  }
}
