package dev.watchpost;

import dev.watchpost.file.WatchedFiles;
import dev.watchpost.poll.PollRoutes;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what runs what it should be: after every change, and every few seconds, which is also how a
 * process learns of another one's changes. A failure is logged and tried again.
 */
final class Mender {
  private static final Logger LOG = LoggerFactory.getLogger(Mender.class);
  private static final long MEND_SECONDS = 5;
  private static final long PURGE_SECONDS = 600;
  private static final long LOOK_SECONDS = 1;

  private final PollRoutes routes;
  private final WatchedFiles files;
  private final Runnable purge;
  private final Set<Long> changedInstances = new HashSet<>();
  private volatile ScheduledExecutorService mending;

  Mender(PollRoutes routes, WatchedFiles files, Runnable purge) {
    this.routes = routes;
    this.files = files;
    this.purge = purge;
  }

  /** Once the context runs. */
  void start(ExecutorServiceManager executors) {
    mending = executors.newSingleThreadScheduledExecutor(this, "watchpost-mender");
    every(MEND_SECONDS, 0, mending, routes::reconcile);
    every(PURGE_SECONDS, PURGE_SECONDS, mending, purge);
    quietly(files::startRoutes);
    every(
        LOOK_SECONDS,
        LOOK_SECONDS,
        executors.newSingleThreadScheduledExecutor(this, "watchpost-files"),
        files::look);
  }

  private static void every(
      long seconds, long first, ScheduledExecutorService executor, Runnable work) {
    executor.scheduleWithFixedDelay(() -> quietly(work), first, seconds, TimeUnit.SECONDS);
  }

  /** Once started, every few seconds. */
  void also(Runnable work) {
    every(MEND_SECONDS, MEND_SECONDS, mending, work);
  }

  /** Many changes at once are mended together. */
  void changed(long instanceId) {
    synchronized (changedInstances) {
      if (!changedInstances.add(instanceId) || changedInstances.size() > 1) {
        return;
      }
    }
    soon(this::mendChanged);
  }

  private void mendChanged() {
    Set<Long> ids;
    synchronized (changedInstances) {
      ids = Set.copyOf(changedInstances);
      changedInstances.clear();
    }
    routes.changed(ids);
  }

  /** Nothing before the start, which reads everything. */
  void soon(Runnable work) {
    if (mending != null) {
      mending.execute(() -> quietly(work));
    }
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("what runs could not be made what it should be; it is tried again", e);
    }
  }
}
