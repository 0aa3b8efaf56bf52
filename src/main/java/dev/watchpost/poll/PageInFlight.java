package dev.watchpost.poll;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * The page of a poll that is being entered while the next one is asked for and read. Pages are
 * entered one at a time, in their order. Used by the poll's own thread alone, which also takes note
 * of what was entered: it must not change under whoever reads the next page.
 */
public final class PageInFlight {
  private FutureTask<Runnable> entering;

  /**
   * Begins to enter a page; the one before has been {@link #await awaited}.
   *
   * @param enter returns what the poll is to note once it is entered
   * @throws java.util.concurrent.RejectedExecutionException where the process stops; no page is in
   *     flight then
   */
  public void enter(Callable<Runnable> enter, Executor threads) {
    FutureTask<Runnable> page = new FutureTask<>(enter);
    threads.execute(page);
    entering = page;
  }

  /**
   * Returns once the page is entered and noted, where there is one. An interrupt is kept for later:
   * a poll that went away before its page would meet the next one.
   *
   * @throws RuntimeException what the page failed with
   */
  public void await() {
    if (entering == null) {
      return;
    }
    FutureTask<Runnable> page = entering;
    entering = null;
    boolean interrupted = false;
    while (true) {
      try {
        page.get().run();
        return;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      } finally {
        if (interrupted && page.isDone()) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
