package dev.watchpost.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.TestWatchpost;
import dev.watchpost.change.ToldChanges;
import dev.watchpost.element.Catalogue;
import dev.watchpost.file.WatchedFiles;
import dev.watchpost.instance.FileInstances;
import dev.watchpost.instance.InstanceRules;
import dev.watchpost.instance.InstanceStore;
import dev.watchpost.instance.Instances;
import dev.watchpost.outbox.Outbox;
import dev.watchpost.poll.PollSchedule;
import dev.watchpost.poll.PollStates;
import dev.watchpost.poll.Polls;
import dev.watchpost.source.HubReads;
import dev.watchpost.source.Pace;
import dev.watchpost.store.Database;
import dev.watchpost.store.Secrets;
import dev.watchpost.tenant.ApiCredentials;
import dev.watchpost.tenant.Tenants;
import dev.watchpost.webhook.Webhooks;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The API on a free port over a database in memory, and a client of it. */
final class ApiServer implements AutoCloseable {
  static final String AUTHORIZATION = "User u-secret, Organization o-secret";

  final AtomicBoolean started = new AtomicBoolean(true);
  final Database database;
  final Instances instances;
  final Outbox outbox;
  final PollStates states;
  final Catalogue catalogue = Catalogue.builtIn();
  final Path routes = Files.createTempDirectory("watchpost-routes");
  final WatchedFiles files;
  private final Main main = new Main();
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  /** Nobody calls too often. */
  ApiServer() throws Exception {
    this(new ApiPolicy(100_000, 100_000, 1 << 20));
  }

  ApiServer(ApiPolicy policy) throws Exception {
    port = freePort();
    database = Database.open("jdbc:h2:mem:" + UUID.randomUUID(), null, null);
    Clock clock = Clock.systemUTC();
    Secrets secrets = Secrets.withKeys(Secrets.newKey());
    InstanceStore store = new InstanceStore(database, secrets);
    instances =
        new Instances(
            store,
            catalogue,
            InstanceRules.standard(),
            TestWatchpost.tokens(database, secrets, clock),
            clock);
    outbox = new Outbox(database, clock);
    states = new PollStates(database);
    main.addInitialProperty("camel.server.enabled", "true");
    main.addInitialProperty("camel.server.host", "127.0.0.1");
    main.addInitialProperty("camel.server.port", Integer.toString(port));
    main.addInitialProperty("camel.server.maxBodySize", Integer.toString(2 << 20));
    main.addInitialProperty("camel.main.routesIncludePattern", "false");
    main.init();
    CamelContext context = main.getCamelContext();
    files =
        new WatchedFiles(
            routes,
            routes.resolve("elements"),
            context,
            catalogue,
            new FileInstances(instances, store),
            () -> {},
            clock);
    Polls polls =
        new Polls(context, instances, states, new PollSchedule(), () -> {}, run -> 0, clock);
    context.addRoutes(
        new ApiRoutes(
            Tenants.only(new ApiCredentials("u-secret", "o-secret")),
            policy,
            new IdempotencyKeys(database, secrets, clock),
            catalogue,
            instances,
            outbox,
            polls,
            new HubReads(
                instances,
                TestWatchpost.client(),
                Duration.ofSeconds(10),
                new Pace(0, clock),
                clock),
            new Webhooks(
                catalogue,
                instances,
                new ToldChanges(database, states, outbox, clock),
                id -> false,
                clock),
            files::reports,
            clock,
            started::get));
    main.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Calls with the right credentials; {@code body} null: none. */
  HttpResponse<String> call(String method, String path, String body) throws Exception {
    return call(method, path, body, "Authorization", AUTHORIZATION);
  }

  /** Calls with these headers only, and application/json where there is a body. */
  HttpResponse<String> call(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** As {@link #call}, for targets that no client would send. */
  String raw(String method, String target) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
              .formatted(method, target, AUTHORIZATION);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  @Override
  public void close() {
    main.stop();
    database.close();
  }
}
