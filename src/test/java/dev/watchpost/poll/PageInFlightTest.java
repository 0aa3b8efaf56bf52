package dev.watchpost.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PageInFlightTest {
  private final PageInFlight inFlight = new PageInFlight();

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void page_that_no_thread_takes_is_not_waited_for() throws Exception {
    ExecutorService stopped = Executors.newCachedThreadPool();
    stopped.shutdown();
    assertThat(stopped.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> inFlight.enter(() -> () -> {}, stopped))
        .isInstanceOf(RejectedExecutionException.class);
    inFlight.await();
  }

  @Test
  void interrupt_is_kept_until_the_page_is_entered_and_noted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean noted = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    inFlight.enter(
        () -> {
          interrupted.await();
          return () -> noted.set(true);
        },
        threads);
    Thread poll = Thread.currentThread();
    threads.execute(
        () -> {
          poll.interrupt();
          interrupted.countDown();
        });
    inFlight.await();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(noted).isTrue();
    threads.shutdown();
  }

  @Test
  void error_of_a_page_fails_the_poll_once() {
    inFlight.enter(
        () -> {
          throw new StackOverflowError();
        },
        Runnable::run);
    assertThatThrownBy(inFlight::await).hasCauseInstanceOf(StackOverflowError.class);
    inFlight.await();
  }
}
