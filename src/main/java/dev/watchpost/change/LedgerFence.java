package dev.watchpost.change;

import dev.watchpost.poll.Overtaken;
import dev.watchpost.poll.PollRun;
import org.jdbi.v3.core.Handle;

/**
 * The right to write a resource's ledger in one transaction: the ledger's version is raised from
 * the one the poll was judged at, which locks the resource's row until the commit. Where another
 * process has written the ledger meanwhile, the whole transaction fails and nothing is entered: the
 * next poll reads everything again.
 */
final class LedgerFence {
  private final Handle handle;
  private final long resourceId;
  private final long before;
  private boolean taken;

  LedgerFence(Handle handle, PollRun run) {
    this.handle = handle;
    this.resourceId = run.state().id();
    this.before = run.ledgerVersion();
  }

  /** To be called before the first write; once is enough. */
  void take() {
    if (taken) {
      return;
    }
    int rows =
        handle
            .createUpdate(
                "update resource set ledger_version = ledger_version + 1 where id = ? and ledger_version = ?")
            .bind(0, resourceId)
            .bind(1, before)
            .execute();
    if (rows != 1) {
      throw new Overtaken(resourceId);
    }
    taken = true;
  }

  /** Of the ledger as this transaction leaves it. */
  long version() {
    return taken ? before + 1 : before;
  }
}
