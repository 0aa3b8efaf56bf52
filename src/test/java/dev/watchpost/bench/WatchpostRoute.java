package dev.watchpost.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchpost.TestWatchpost;
import dev.watchpost.instance.Instance;
import dev.watchpost.poll.PollReport;
import dev.watchpost.store.Database;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Watchpost itself, with its own poll route; its deliveries wait, so that only polls are timed. */
final class WatchpostRoute implements AutoCloseable {
  private final TestWatchpost running;
  private final Instance instance;

  WatchpostRoute(BenchSource source, String databaseUrl) throws Exception {
    this(source, databaseUrl, dataSource -> dataSource);
  }

  /**
   * @param seen how the data source is looked at
   */
  WatchpostRoute(BenchSource source, String databaseUrl, UnaryOperator<DataSource> seen)
      throws Exception {
    this(
        source.url(),
        """
        "url": "/customers?page=1", "pagination": {"type": "link"}, "startFrom": "beginning",
        """,
        databaseUrl,
        seen);
  }

  /**
   * @param resource settings of it as JSON fields, beside id and dates
   */
  WatchpostRoute(
      String baseUrl, String resource, String databaseUrl, UnaryOperator<DataSource> seen)
      throws Exception {
    Clock clock = Clock.systemUTC();
    JsonNode request = new ObjectMapper().readTree(request(baseUrl, resource));
    instance = TestWatchpost.watched(databaseUrl, clock, request);
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(databaseUrl);
    pool.setMaximumPoolSize(16);
    running = new TestWatchpost(Database.over(seen.apply(pool)), clock, Map.of()).start();
    running.watchpost().outbox().disableDelivery(instance.id(), "polls are timed");
  }

  private static String request(String baseUrl, String resource) {
    return """
    { "element": {"key": "rest"}, "name": "bench",
      "configuration": {
        "base.url": "%1$s",
        "event.notification.enabled": true,
        "event.notification.callback.url": "%1$s/callback",
        "event.poller.configuration": { "customers": {
          %2$s "idField": "id",
          "datesConfiguration": {
            "updatedDateField": "updated_at", "updatedDateFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'", "updatedDateTimezone": "GMT",
            "createdDateField": "created_at", "createdDateFormat": "yyyy-MM-dd'T'HH:mm:ss'Z'", "createdDateTimezone": "GMT" } } } } }
    """
        .formatted(baseUrl, resource);
  }

  PollReport poll() {
    PollReport report =
        running.watchpost().polls().pollNow(instance.id(), "customers", false).get(0);
    if (report.error() != null) {
      throw new IllegalStateException("the poll failed: " + report.error());
    }
    return report;
  }

  /** As a restart does, or another process that writes the ledger. */
  void forgetWhatIsKnown() {
    running
        .database()
        .write(handle -> handle.execute("update resource set ledger_version = ledger_version + 1"));
  }

  /** As if all had been delivered and purged. */
  void emptyOutbox() {
    running.database().write(handle -> handle.execute("delete from notification"));
  }

  @Override
  public void close() {
    running.close();
  }
}
