package dev.watchpost;

import dev.watchpost.api.SlowClients;
import dev.watchpost.store.Database;
import dev.watchpost.tenant.ApiCredentials;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watchpost as a program: {@code java -jar watchpost.jar} serves from the directory it is started
 * in, {@code java -jar watchpost.jar demo} shows what it does. Ends with 0 on SIGTERM, with 1 where
 * it cannot start, after one line that says why.
 */
public final class Application {
  private static final Logger LOG = LoggerFactory.getLogger(Application.class);
  private static final Path PROPERTIES = Path.of("application.properties");
  private static final int STOP_SECONDS = 8;
  private static final Map<String, String> CAMEL =
      Map.ofEntries(
          Map.entry("camel.server.enabled", "true"),
          Map.entry("camel.server.host", "127.0.0.1"),
          Map.entry("camel.management.enabled", "true"),
          Map.entry("camel.management.host", "127.0.0.1"),
          Map.entry("camel.management.port", "9876"),
          Map.entry("camel.management.healthCheckEnabled", "true"),
          Map.entry("camel.management.metricsEnabled", "true"),
          Map.entry("camel.metrics.enabled", "true"),
          // tens of thousands of poll routes would be ten series each, and as many timers
          Map.entry("camel.metrics.routePolicyLevel", "context"),
          Map.entry("camel.metrics.enableExchangeEventNotifier", "false"),
          Map.entry("camel.metrics.binders", "jvm-memory,jvm-gc,jvm-thread,processor,uptime"),
          Map.entry("camel.main.shutdownTimeout", Integer.toString(STOP_SECONDS)),
          Map.entry("camel.main.name", "watchpost"),
          Map.entry("camel.main.routesIncludePattern", "false"));

  private Application() {}

  public static void main(String[] arguments) {
    try {
      boolean demo = demo(arguments);
      System.exit(demo ? new DemoApplication().run() : serve(properties(), new Ready()));
    } catch (Exception e) {
      if (!stopping()) {
        System.err.println("Watchpost cannot start: " + StartFailure.line(e));
      }
      LOG.debug("cannot start", e);
      System.exit(1);
    }
  }

  /** Someone told us to stop before we had started: no failure, and nothing to say. */
  private static boolean stopping() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException shuttingDown) {
      return true;
    }
  }

  private static boolean demo(String[] arguments) {
    if (arguments.length == 0) {
      return false;
    }
    if (arguments.length == 1 && arguments[0].equals("demo")) {
      return true;
    }
    throw new IllegalArgumentException(
        "expected no argument, or 'demo', found '%s'".formatted(String.join(" ", arguments)));
  }

  /** What to do once everything runs. */
  static class Ready {
    void ready(Watchpost watchpost, CredentialsFile credentials, String baseUrl) throws Exception {
      if (credentials.created()) {
        System.out.printf(
            "First start. The API wants this header, and the page at %s/ both secrets; they are kept in data/credentials.properties:%n"
                + "  Authorization: User %s, Organization %s%n",
            baseUrl, credentials.user(), credentials.organization());
      }
      watchpost.everyFewSeconds(new ChangedKeys(watchpost, credentials.secretsKey()));
      LOG.info("Watchpost {} is ready at {}", Watchpost.version(), baseUrl);
    }
  }

  /**
   * Serves until it is told to stop.
   *
   * @return exit code
   */
  static int serve(Map<String, String> properties, Ready ready) throws Exception {
    Settings settings = Settings.of(properties, System.getenv());
    CredentialsFile credentials = CredentialsFile.of(settings);
    Main main = new Main();
    CAMEL.forEach(main::addInitialProperty);
    main.addInitialProperty(
        "camel.server.maxBodySize", Integer.toString(settings.api().bodyLimit()));
    properties.forEach(
        (name, value) -> {
          if (!name.startsWith(Settings.PREFIX)) {
            main.addInitialProperty(name, value);
          }
        });
    main.setDefaultPropertyPlaceholderLocation("false");
    main.bind(
        MicrometerConstants.METRICS_REGISTRY_NAME,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    AutoCloseable tracing = Tracing.start(main, properties);
    Installer installer = new Installer(settings, credentials, ready, tracing);
    main.addMainListener(installer);
    main.run();
    if (installer.failure != null) {
      throw installer.failure;
    }
    return main.getExitCode();
  }

  /** {@code application.properties} of the directory we were started in, then system properties. */
  static Map<String, String> properties() throws IOException {
    Properties file = new Properties();
    if (Files.exists(PROPERTIES)) {
      try (Reader reader = Files.newBufferedReader(PROPERTIES)) {
        file.load(reader);
      }
    }
    Map<String, String> all = new HashMap<>();
    file.stringPropertyNames().forEach(name -> all.put(name, file.getProperty(name)));
    return all;
  }

  /** Puts Watchpost and its API into the context before it starts. */
  private static final class Installer extends MainListenerSupport {
    private final Settings settings;
    private final CredentialsFile credentials;
    private final Ready ready;
    private final AutoCloseable tracing;
    private Watchpost watchpost;
    private SlowClients slowClients;
    private Exception failure;

    Installer(Settings settings, CredentialsFile credentials, Ready ready, AutoCloseable tracing) {
      this.settings = settings;
      this.credentials = credentials;
      this.ready = ready;
      this.tracing = tracing;
    }

    /** Before the servers are made. */
    @Override
    public void beforeConfigure(BaseMainSupport main) {
      slowClients = SlowClients.cutOff(main.getCamelContext(), settings.patience());
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      context.getShutdownStrategy().setTimeout(STOP_SECONDS);
      context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
      try {
        Database database =
            Database.open(
                settings.databaseUrl(), settings.databaseUsername(), settings.databasePassword());
        watchpost =
            Watchpost.install(
                context, settings, credentials.secretsKey(), database, Clock.systemUTC());
        context.addRoutes(
            watchpost.api(new ApiCredentials(credentials.user(), credentials.organization())));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void afterStart(BaseMainSupport main) {
      CamelContext context = main.getCamelContext();
      String host = context.resolvePropertyPlaceholders("{{camel.server.host}}");
      String port = context.resolvePropertyPlaceholders("{{camel.server.port:8080}}");
      try {
        ready.ready(watchpost, credentials, "http://" + host + ":" + port);
      } catch (Exception e) {
        failure = e;
        main.stop();
      }
    }

    @Override
    public void afterStop(BaseMainSupport main) {
      if (watchpost != null) {
        watchpost.close();
      }
      slowClients.close();
      try {
        tracing.close();
      } catch (Exception e) {
        LOG.warn("the last traces were not exported: {}", e.getMessage());
      }
    }
  }
}
