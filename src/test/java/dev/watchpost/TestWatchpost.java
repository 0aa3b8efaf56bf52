package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.instance.Instance;
import dev.watchpost.network.AddressPolicy;
import dev.watchpost.network.GuardedHttp;
import dev.watchpost.oauth.AccessTokens;
import dev.watchpost.oauth.TokenStore;
import dev.watchpost.store.Database;
import dev.watchpost.store.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.awaitility.Awaitility;

/**
 * Watchpost in a context of its own on a database given, without the REST API; loopback is allowed
 * unless the properties say otherwise.
 */
public final class TestWatchpost implements AutoCloseable {
  /** Milliseconds; no property of users. */
  public static final String DELIVERY_TICK = "watchpost.delivery.tick";

  /** The same in every process, so that what one has sealed another can open. */
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  static {
    // it looks every 100 ms unless told otherwise, which was most of the time tests took
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
  }

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Database database;
  private final Watchpost watchpost;

  public TestWatchpost(String databaseUrl, Clock clock, Map<String, String> properties)
      throws Exception {
    this(Database.open(databaseUrl, null, null), clock, properties);
  }

  public TestWatchpost(Database database, Clock clock, Map<String, String> properties)
      throws Exception {
    this.database = database;
    Map<String, String> all = new java.util.HashMap<>(properties);
    all.putIfAbsent("watchpost.network.allow", "127.0.0.0/8,::1/128");
    String tick = all.remove(DELIVERY_TICK);
    if (tick != null) {
      context.getPropertiesComponent().addInitialProperty(DELIVERY_TICK, tick);
    }
    all.putIfAbsent("watchpost.api.requests-per-minute", "1000000");
    Settings settings = Settings.of(all, Map.of());
    context.getShutdownStrategy().setTimeout(5);
    String keys = settings.secretsKey() == null ? KEY : settings.secretsKey();
    watchpost = Watchpost.install(context, settings, keys, database, clock);
  }

  /** The tokens of instances that a test makes without a whole Watchpost; loopback is allowed. */
  public static AccessTokens tokens(Database database, Secrets secrets, Clock clock) {
    return new AccessTokens(new TokenStore(database, secrets), client(), TIMEOUT, clock);
  }

  /** A sealed column of a database that a TestWatchpost writes. */
  static String opened(String sealed, String context) {
    return Secrets.withKeys(KEY).open(sealed, context);
  }

  /** A guarded client; loopback is allowed. */
  public static CloseableHttpClient client() {
    return GuardedHttp.forCallbacks(AddressPolicy.allowing("127.0.0.0/8"), TIMEOUT, TIMEOUT)
        .client();
  }

  public TestWatchpost start() throws Exception {
    context.start();
    return this;
  }

  public Watchpost watchpost() {
    return watchpost;
  }

  public Database database() {
    return database;
  }

  public DefaultCamelContext context() {
    return context;
  }

  /** Returns once every change of an instance so far has been acted on. */
  public void awaitMended() {
    CountDownLatch mended = new CountDownLatch(1);
    watchpost.onceMended(mended::countDown);
    try {
      if (!mended.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("changes were not acted on within 20 s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An instance that is stored and watched from now on, but polled only when a test says so. */
  public static Instance watched(String databaseUrl, Clock clock, JsonNode request)
      throws Exception {
    try (TestWatchpost notStarted = new TestWatchpost(databaseUrl, clock, Map.of())) {
      Instance instance = notStarted.watchpost.instances().create(request, null).instance();
      notStarted.watchpost.reconcile();
      notStarted.database.write(
          handle ->
              handle.execute("update resource set next_poll_at = timestamp '9999-01-01 00:00:00'"));
      return instance;
    }
  }

  @Override
  public void close() {
    context.stop();
    watchpost.close();
  }
}
