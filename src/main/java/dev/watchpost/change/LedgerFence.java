package dev.watchpost.change;

import dev.watchpost.poll.Overtaken;
import dev.watchpost.poll.PollRun;
import dev.watchpost.poll.ResumePoint;
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
  private final ResumePoint resume;
  private boolean taken;

  /**
   * @param resume where the poll goes on after this transaction, stored with the version; null: not
   *     here
   */
  LedgerFence(Handle handle, PollRun run, ResumePoint resume) {
    this.handle = handle;
    this.resourceId = run.state().id();
    this.before = run.ledger().version();
    this.told = run.ledger().toldVersion();
    this.resume = resume;
  }

  /** To be called before the first write; once is enough. */
  void take() {
    if (taken) {
      return;
    }
    int rows =
        handle
            .createUpdate(
                "update resource set ledger_version = ledger_version + 1, resume = coalesce(cast(? as varchar), resume)"
                    + " where id = ? and ledger_version = ? and told_version = ?")
            .bind(0, resume == null ? null : resume.json())
            .bind(1, resourceId)
            .bind(2, before)
            .bind(3, told)
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

  boolean taken() {
    return taken;
  }

  /** Of the ledger as this transaction leaves it. */
  long version() {
    return taken ? before + 1 : before;
  }
}
