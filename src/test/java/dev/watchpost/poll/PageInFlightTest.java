package dev.watchpost.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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
}
