package dev.watchpost.callback;

import dev.watchpost.outbox.Outbox;
import dev.watchpost.outbox.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Outcomes on their way into the outbox. Senders leave them here and go on; the next claim writes
 * all that have come, in one transaction, before it looks for what is due. Once a stop has begun
 * there are no more claims, and each sender writes. Thread-safe.
 */
final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final Outbox outbox;
  private final BiConsumer<Settlement, Boolean> written;
  private final Queue<Settlement> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean stopping;

  /**
   * @param written told of each after its commit; false: its claim had lapsed, nothing was written
   */
  Settler(Outbox outbox, BiConsumer<Settlement, Boolean> written) {
    this.outbox = outbox;
    this.written = written;
  }

  void settle(Settlement settlement) {
    outcomes.add(settlement);
    if (stopping) {
      write();
    }
  }

  /** Whether to ask for a claim: nobody has since the last one began, and no stop has. */
  boolean asks() {
    return !stopping && asked.compareAndSet(false, true);
  }

  /** Writes what has come, and from now on whatever comes at once. */
  void stop() {
    stopping = true;
    write();
  }

  /** Writes what has come. */
  synchronized void write() {
    asked.set(false);
    List<Settlement> taken = new ArrayList<>();
    for (Settlement each = outcomes.poll(); each != null; each = outcomes.poll()) {
      taken.add(each);
    }
    if (!taken.isEmpty()) {
      write(taken);
    }
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
