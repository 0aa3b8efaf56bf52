package dev.watchpost.callback;

import dev.watchpost.outbox.Outbox;
import dev.watchpost.outbox.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes down, several in one transaction where they come faster than one is written: who
 * comes while nobody writes, writes, and with its own whatever has come meanwhile; the others go
 * on. Thread-safe.
 */
final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final Outbox outbox;
  private final BiConsumer<Settlement, Boolean> written;
  private final Queue<Settlement> outcomes = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writing = new ReentrantLock();

  /**
   * @param written told of each after its commit; false: its claim had lapsed, nothing was written
   */
  Settler(Outbox outbox, BiConsumer<Settlement, Boolean> written) {
    this.outbox = outbox;
    this.written = written;
  }

  /**
   * @return whether this thread has written; else another does
   */
  boolean settle(Settlement settlement) {
    outcomes.add(settlement);
    boolean wrote = false;
    while (!outcomes.isEmpty() && writing.tryLock()) {
      try {
        write(taken());
        wrote = true;
      } finally {
        writing.unlock();
      }
    }
    return wrote;
  }

  private List<Settlement> taken() {
    List<Settlement> taken = new ArrayList<>();
    for (Settlement each = outcomes.poll(); each != null; each = outcomes.poll()) {
      taken.add(each);
    }
    return taken;
  }

  /** Where all together cannot be written, one of them may be the reason: each by itself. */
  private void write(List<Settlement> settlements) {
    try {
      List<Boolean> settled = outbox.settle(settlements);
      for (int i = 0; i < settled.size(); i++) {
        written.accept(settlements.get(i), settled.get(i));
      }
    } catch (RuntimeException e) {
      if (settlements.size() > 1) {
        settlements.forEach(each -> write(List.of(each)));
      } else {
        LOG.error(
            "what became of notification {} could not be written down: it is sent again",
            settlements.get(0).claimed().id(),
            e);
      }
    }
  }
}
