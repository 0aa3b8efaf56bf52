package dev.watchpost.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.TestWatchpost;
import dev.watchpost.outbox.EventType;
import dev.watchpost.outbox.Feed;
import dev.watchpost.outbox.NewEvent;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.outbox.OutboxTables;
import dev.watchpost.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;

/**
 * Watchpost itself with instances that poll nothing; their events are entered as a poll does it.
 */
final class WatchpostDeliveries implements AutoCloseable {
  private static final int PAGE = 500;
  private static final String WAKE = "seda:watchpost-wake?size=1&discardWhenFull=true";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestWatchpost running;
  private final ProducerTemplate producer;
  private final List<Feed> feeds = new ArrayList<>();
  private int entered;

  WatchpostDeliveries(DeliveryReceiver receiver, String databaseUrl, int endpoints, int batchSize)
      throws Exception {
    running = new TestWatchpost(databaseUrl, Clock.systemUTC(), Map.of()).start();
    producer = running.context().createProducerTemplate();
    OutboxTables tables = new OutboxTables(running.database());
    for (int endpoint = 0; endpoint < endpoints; endpoint++) {
      long id =
          running
              .watchpost()
              .instances()
              .create(request(receiver.url(endpoint)), null)
              .instance()
              .id();
      feeds.add(tables.feed(id, "customers", batchSize));
    }
  }

  private static ObjectNode request(String callback) {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", "rest");
    request
        .putObject("configuration")
        .put("event.notification.enabled", true)
        .put("event.notification.callback.url", callback)
        .put("event.notification.signature.key", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    return request;
  }

  Database database() {
    return running.database();
  }

  private Outbox outbox() {
    return running.watchpost().outbox();
  }

  /** Enters so many events, each of an object of its own, evenly; none is delivered meanwhile. */
  void enter(int events) {
    delivering(false);
    int each = events / feeds.size();
    for (Feed feed : feeds) {
      for (int from = 0; from < each; from += PAGE) {
        enter(feed, Math.min(PAGE, each - from));
      }
    }
    running.database().flush();
  }

  private void enter(Feed feed, int count) {
    List<NewEvent> page = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entered++;
      page.add(
          new NewEvent(
              EventType.CREATED,
              Integer.toString(1_000_000 + entered),
              1,
              Instant.now(),
              BenchSource.record(entered, 1),
              null,
              null));
    }
    running
        .database()
        .deferred(
            handle -> {
              outbox().lock(handle, feed.resourceId());
              outbox().append(handle, feed, Instant.now(), page);
              return null;
            });
  }

  /**
   * Enters one event of the first instance, as a poll does, and wakes the deliveries.
   *
   * @return when it was committed and on disk, {@code System.nanoTime}
   */
  long change() {
    enter(feeds.get(0), 1);
    running.database().flushTold();
    long committed = System.nanoTime();
    wake();
    return committed;
  }

  /** From now on it delivers. */
  void deliver() {
    delivering(true);
    wake();
  }

  /** Waits until all is settled. */
  void settled() throws InterruptedException {
    for (Feed feed : feeds) {
      while (outbox().undelivered(feed.instanceId()) > 0) {
        Thread.sleep(1);
      }
    }
  }

  private void delivering(boolean delivering) {
    running
        .database()
        .write(handle -> handle.execute("update instance set delivering = ?", delivering));
  }

  private void wake() {
    producer.sendBody(WAKE, null);
  }

  @Override
  public void close() {
    running.close();
  }
}
