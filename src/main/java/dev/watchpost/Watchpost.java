package dev.watchpost;

import dev.watchpost.api.ApiRoutes;
import dev.watchpost.api.IdempotencyKeys;
import dev.watchpost.callback.CamelEndpoints;
import dev.watchpost.callback.Delivery;
import dev.watchpost.callback.DeliveryPolicy;
import dev.watchpost.callback.Senders;
import dev.watchpost.change.ChangeRecorder;
import dev.watchpost.change.ToldChanges;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.file.WatchedFiles;
import dev.watchpost.instance.FileInstances;
import dev.watchpost.instance.InstanceRules;
import dev.watchpost.instance.InstanceStore;
import dev.watchpost.instance.Instances;
import dev.watchpost.network.GuardedHttp;
import dev.watchpost.oauth.AccessTokens;
import dev.watchpost.oauth.TokenStore;
import dev.watchpost.operation.Operation;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.poll.PollRoutes;
import dev.watchpost.poll.PollSchedule;
import dev.watchpost.poll.PollStates;
import dev.watchpost.poll.PollSteps;
import dev.watchpost.poll.Polls;
import dev.watchpost.source.HubReads;
import dev.watchpost.source.Pace;
import dev.watchpost.store.Database;
import dev.watchpost.store.KeyRotation;
import dev.watchpost.store.SealedColumn;
import dev.watchpost.store.Secrets;
import dev.watchpost.tenant.ApiCredentials;
import dev.watchpost.tenant.Tenants;
import dev.watchpost.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watchpost inside a Camel context, its own ({@link Application}) or a host's: {@link #install} it
 * before the context starts, and it starts and stops with the context.
 */
public final class Watchpost implements AutoCloseable {
  /**
   * A time is the same in the database, in the log and in answers: by its start a poll is named.
   */
  private static final Duration DATABASE_UNIT = Duration.ofNanos(1_000);

  private static final Logger LOG = LoggerFactory.getLogger(Watchpost.class);
  private static final int POLLERS = 16;
  private static final Duration POLL_HISTORY = Duration.ofDays(1);

  private final CamelContext context;
  private final Settings settings;
  private final Clock clock;
  private final Database database;
  private final Secrets secrets;
  private final Catalogue catalogue;
  private final CloseableHttpClient client;
  private final Instances instances;
  private final IdempotencyKeys keys;
  private final Outbox outbox;
  private final CamelEndpoints endpoints;
  private final PollStates states;
  private final PollSchedule schedule = new PollSchedule();
  private final PollRoutes routes;
  private final Polls polls;
  private final Pace pace;
  private final HubReads hubReads;
  private final ToldChanges told;
  private final Webhooks webhooks;
  private final ChangeRecorder changes;
  private final WatchedFiles files;
  private final Mender mender;
  private final Operation operation;
  private volatile boolean started;

  private Watchpost(
      CamelContext context, Settings settings, String secretsKey, Database database, Clock clock) {
    this.context = context;
    this.settings = settings;
    this.clock = clock;
    this.database = database;
    this.catalogue = Catalogue.builtIn();
    this.secrets = secrets(secretsKey);
    reseal();
    InstanceStore store = new InstanceStore(database, secrets);
    this.endpoints = new CamelEndpoints(context, settings.callbackSchemes());
    InstanceRules rules =
        new InstanceRules(
            settings.poll().minimumInterval(), settings.callbackSchemes(), endpoints::problem);
    Duration timeout = settings.poll().timeout();
    this.client = GuardedHttp.forCallbacks(settings.addresses(), timeout, timeout).client();
    AccessTokens tokens =
        new AccessTokens(new TokenStore(database, secrets), client, timeout, clock);
    this.instances = new Instances(store, catalogue, rules, tokens, clock);
    this.keys = new IdempotencyKeys(database, secrets, clock);
    this.outbox = new Outbox(database, clock);
    this.states = new PollStates(database);
    this.changes =
        new ChangeRecorder(
            database,
            states,
            outbox,
            context.getExecutorServiceManager().newCachedThreadPool(this, "watchpost-recorder"),
            clock);
    this.routes = new PollRoutes(context, instances, states, schedule, clock);
    this.pace = new Pace(settings.poll().requestsPerMinute(), clock);
    this.told = new ToldChanges(database, states, outbox, clock);
    this.webhooks = new Webhooks(catalogue, instances, told, this::isFull, clock);
    this.hubReads = new HubReads(instances, client, timeout, pace, clock);
    this.polls =
        new Polls(context, instances, states, schedule, this::reconcile, changes::release, clock);
    this.files =
        new WatchedFiles(
            settings.routesDirectory(),
            settings.elementsDirectory(),
            context,
            catalogue,
            new FileInstances(instances, store),
            this::mend,
            clock);
    this.mender = new Mender(routes, files, this::purge);
    this.operation = new Operation(context, database, instances, polls, clock);
  }

  private static Secrets secrets(String keys) {
    try {
      return Secrets.withKeys(keys);
    } catch (IllegalArgumentException e) {
      throw new Settings.InvalidSetting("watchpost.secrets.key: " + e.getMessage());
    }
  }

  /**
   * Goes on with other keys, while everything runs.
   *
   * @param keys as {@code watchpost.secrets.key}
   * @param former what was used until now
   * @throws IllegalArgumentException where they are none; nothing has changed then
   * @throws KeyRotation.MissingKey where one is missing; the former ones are used again
   */
  void rotate(String keys, String former) {
    secrets.use(keys);
    try {
      reseal();
    } catch (KeyRotation.MissingKey e) {
      secrets.use(former);
      throw e;
    }
  }

  /** Once everything runs. */
  void everyFewSeconds(Runnable work) {
    mender.also(work);
  }

  private void reseal() {
    List<SealedColumn> columns = new ArrayList<>(InstanceStore.SEALED);
    columns.add(TokenStore.SEALED);
    columns.add(IdempotencyKeys.SEALED);
    new KeyRotation(database, secrets).reseal(columns);
  }

  /**
   * Puts Watchpost's beans and routes into {@code context}, which has not started yet.
   *
   * @param database open; closed with this
   * @param secretsKey see {@link Secrets#withKeys}; what another key than its first has sealed is
   *     sealed anew
   * @throws KeyRotation.MissingKey where stored texts need a key that is not there
   */
  public static Watchpost install(
      CamelContext context, Settings settings, String secretsKey, Database database, Clock clock)
      throws Exception {
    Clock micros = Clock.tick(clock, DATABASE_UNIT);
    Watchpost watchpost = new Watchpost(context, settings, secretsKey, database, micros);
    watchpost.bind();
    watchpost.addRoutes();
    context.addStartupListener(new WhenStarted(watchpost));
    return watchpost;
  }

  /** Routes that are added earlier, while the context still starts, would never run. */
  private record WhenStarted(Watchpost watchpost) implements StartupListener {
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {}

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
      watchpost.started();
    }
  }

  private void bind() {
    Registry registry = context.getRegistry();
    PollSteps steps =
        new PollSteps(
            instances,
            states,
            schedule,
            settings.poll(),
            this::isFull,
            pace,
            clock,
            new java.util.Random());
    GuardedHttp sources = GuardedHttp.forPolls(settings.addresses(), settings.poll().timeout());
    DeliveryPolicy delivery =
        new DeliveryPolicy(
            settings.retrySchedule(),
            settings.deliveryConnectTimeout(),
            settings.deliveryTimeout(),
            Math::random);
    GuardedHttp callbacks =
        GuardedHttp.forCallbacks(
            settings.addresses(), delivery.connectTimeout(), delivery.answerTimeout());
    Delivery deliveries =
        new Delivery(outbox, instances::find, this::hub, endpoints, delivery, clock, version());
    operation.watch(steps, outbox, deliveries);
    context.addLifecycleStrategy(
        new Stopping(
            List.of(steps::stop, deliveries::stop),
            List.of(sources.connections(), callbacks.connections())));
    registry.bind("watchpostDelivery", deliveries);
    registry.bind("watchpostSenders", new Senders(context, deliveries));
    registry.bind("watchpostCallbackConnections", callbacks.connections());
    registry.bind("watchpostCallbackClient", callbacks.configurer());
    registry.bind("watchpostPoll", steps);
    registry.bind("watchpostChanges", changes);
    registry.bind("watchpostSourceConnections", sources.connections());
    registry.bind("watchpostSourceClient", sources.configurer());
    registry.bind(
        "watchpostPollers",
        context.getExecutorServiceManager().newFixedThreadPool(this, "watchpost-poller", POLLERS));
  }

  private boolean isFull(long instanceId) {
    return outbox.undelivered(instanceId) >= settings.poll().outboxLimit();
  }

  private String hub(String elementKey) {
    return catalogue.find(elementKey).map(Element::hub).orElse(null);
  }

  /** Of the jar's manifest; {@code dev} where it runs from classes. */
  static String version() {
    String version = Watchpost.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  private void addRoutes() throws Exception {
    for (String file : new String[] {"poll", "deliver"}) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              PluginHelper.getResourceLoader(context)
                  .resolveResource("classpath:camel/" + file + ".camel.yaml"));
    }
    files.readAll();
    reconcile();
    releaseClaims();
  }

  /** No other process is on this database, since {@code watchpost.cluster.enabled} is false. */
  private void releaseClaims() {
    int released = outbox.releaseClaims();
    if (released > 0) {
      LOG.info("{} notifications were being sent when the process ended: they are due", released);
    }
  }

  private void mend() {
    mender.soon(routes::reconcile);
  }

  /** Once every change so far has been acted on, on the thread that does so. */
  void onceMended(Runnable work) {
    mender.soon(work);
  }

  /** Makes the routes what the store says, now. */
  void reconcile() {
    routes.reconcile();
  }

  private void started() {
    mender.start(context.getExecutorServiceManager());
    instances.addListener(mender::changed);
    operation.look();
    everyFewSeconds(operation::look);
    started = true;
  }

  private void purge() {
    Instant now = clock.instant();
    outbox.purge(settings.retention());
    told.purge(now.minus(settings.retention()));
    states.history().purge(now.minus(POLL_HISTORY));
    keys.purge();
  }

  /** True once every route runs. */
  public boolean isStarted() {
    return started;
  }

  public Instances instances() {
    return instances;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public WatchedFiles files() {
    return files;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Polls polls() {
    return polls;
  }

  /** The routes of its REST API, for a context with a server of {@code platform-http}. */
  public ApiRoutes api(ApiCredentials credentials) {
    return new ApiRoutes(
        Tenants.of(credentials, settings.tenants(), database),
        settings.api(),
        keys,
        catalogue,
        instances,
        outbox,
        polls,
        hubReads,
        webhooks,
        files::reports,
        clock,
        this::isStarted);
  }

  /** Reads that someone waits for. */
  public HubReads hubReads() {
    return hubReads;
  }

  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
    database.close();
  }
}
