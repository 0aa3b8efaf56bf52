package dev.watchpost;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchpost.poll.PollSteps;
import dev.watchpost.store.Database;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The process that dies. It holds several Watchposts, one after the other brought to the point
 * where it is to die and kept there; when the last one gets to its own, the JVM is halted and with
 * it all of them. (A JVM for each would take most of the test's time to start.)
 *
 * <p>Each has a database of which one resource is due. It polls it once and sends what the story
 * says. One step follows the other, so that the points are the same in every run.
 */
final class CrashingWatchpost {
  static final int EXIT_CODE = 86;

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final long PATIENCE_SECONDS = 300;

  private final TestWatchpost running;
  private final SettableClock clock;
  private final HaltPoints points;
  private final CrashStory.Sending sending;

  private CrashingWatchpost(String url, Instant now, CrashStory.Sending sending, HaltPoints points)
      throws Exception {
    this.clock = new SettableClock(now);
    this.points = points;
    this.sending = sending;
    this.running =
        new TestWatchpost(
            Database.over(points.over(pool(url))),
            clock,
            Map.of("watchpost.delivery.retry-schedule", RETRY.toSeconds() + "s"));
    running.context().getRouteDefinition("deliver-tick").setAutoStartup("false");
  }

  /**
   * Arguments: url to ask before each of them starts, time, instance id, what to send; then for
   * each a database url, a point and a log.
   */
  public static void main(String[] arguments) throws Exception {
    try {
      for (int at = 4; at < arguments.length; at += 3) {
        URI.create(arguments[0]).toURL().openStream().close();
        boolean last = at + 3 == arguments.length;
        CountDownLatch there = new CountDownLatch(1);
        HaltPoints points =
            new HaltPoints(
                Integer.parseInt(arguments[at + 1]),
                last ? () -> Runtime.getRuntime().halt(EXIT_CODE) : () -> stay(there),
                Path.of(arguments[at + 2]));
        CrashingWatchpost crashing =
            new CrashingWatchpost(
                arguments[at],
                Instant.parse(arguments[1]),
                CrashStory.Sending.valueOf(arguments[3]),
                points);
        long instance = Long.parseLong(arguments[2]);
        if (last) {
          crashing.run(instance);
        } else {
          new Thread(() -> crashing.runUntilHalted(instance)).start();
          there.await();
        }
      }
      System.exit(0);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private static void stay(CountDownLatch there) {
    there.countDown();
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      fail(e);
    }
  }

  private static void fail(Throwable e) {
    e.printStackTrace();
    Runtime.getRuntime().halt(1);
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMinimumIdle(0);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(config);
  }

  private void runUntilHalted(long instance) {
    try {
      run(instance);
      throw new IllegalStateException("the point to halt at did not come");
    } catch (Throwable e) {
      fail(e);
    }
  }

  private void run(long instance) throws Exception {
    try (running) {
      switch (sending) {
        case NOTHING -> {
          points.watch("watchpost-poller", "watchpost-recorder");
          poll();
        }
        case AT_ONCE -> sendAtOnce(instance);
        case AFTER_REFUSAL -> {
          poll();
          sendAfterRefusal(instance);
        }
      }
    }
  }

  private void poll() throws Exception {
    DefaultCamelContext context = running.context();
    NotifyBuilder polled =
        new NotifyBuilder(context)
            .filter(exchange -> exchange.getProperty(PollSteps.RUN) != null)
            .whenDone(1)
            .create();
    NotifyBuilder woken =
        new NotifyBuilder(context).fromRoute("deliver-claim").whenDone(1).create();
    running.start();
    await(polled);
    await(woken);
  }

  /** Claim, accepted, nothing to claim. */
  private void sendAtOnce(long instance) throws Exception {
    points.watch("seda://watchpost-", "watchpost-sender");
    running.watchpost().outbox().enableDelivery(instance);
    running.start();
    points.awaitCommits(3, PATIENCE_SECONDS);
  }

  /** Claim, refused, nothing to claim; claim, accepted, claim, accepted, nothing to claim. */
  private void sendAfterRefusal(long instance) throws Exception {
    points.watch("seda://watchpost-", "watchpost-sender");
    running.watchpost().outbox().enableDelivery(instance);
    wake();
    points.awaitCommits(3, PATIENCE_SECONDS);
    clock.advance(RETRY.multipliedBy(2));
    wake();
    points.awaitCommits(8, PATIENCE_SECONDS);
  }

  private void wake() throws Exception {
    try (var template = running.context().createProducerTemplate()) {
      template.sendBody("seda:watchpost-wake?size=1&discardWhenFull=true", null);
    }
  }

  private static void await(NotifyBuilder event) {
    if (!event.matches(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("did not happen: " + event);
    }
  }
}
