package dev.watchpost.change;

import dev.watchpost.poll.Overtaken;
import dev.watchpost.poll.PollRun;
import org.jdbi.v3.core.Handle;

/**
 * The right to write a resource's ledger in one transaction: the ledger's version is raised from
 * the one the poll was judged at, which locks the resource's row until the commit. Where another
 * process has written the ledger meanwhile, the whole transaction fails and nothing is entered: the
 * next poll reads everything again. Where a webhook has, {@link ToldMeanwhile} says so, and the
 * page is judged once more.
 */
final class LedgerFence {
  private final Handle handle;
  private final long resourceId;
  private final long before;
  private final long told;
  private boolean taken;

  LedgerFence(Handle handle, PollRun run) {
    this.handle = handle;
    this.resourceId = run.state().id();
    this.before = run.ledgerVersion();
    this.told = run.toldVersion();
  }

  /** To be called before the first write; once is enough. */
  void take() {
    if (taken) {
      return;
    }
    int rows =
        handle
            .createUpdate(
                "update resource set ledger_version = ledger_version + 1"
                    + " where id = ? and ledger_version = ? and told_version = ?")
            .bind(0, resourceId)
            .bind(1, before)
            .bind(2, told)
            .execute();
    if (rows != 1) {
      throw failure();
    }
    taken = true;
  }

  private RuntimeException failure() {
    return handle
        .createQuery("select told_version from resource where id = ? and ledger_version = ?")
        .bind(0, resourceId)
        .bind(1, before)
        .mapTo(Long.class)
        .findOne()
        .<RuntimeException>map(ToldMeanwhile::new)
        .orElseGet(() -> new Overtaken(resourceId));
  }

  /** Of the ledger as this transaction leaves it. */
  long version() {
    return taken ? before + 1 : before;
  }
}
