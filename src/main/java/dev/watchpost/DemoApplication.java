package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.demo.Demo;
import dev.watchpost.instance.InstanceRequest;
import dev.watchpost.store.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * The demo: Watchpost on a database in memory, between a small API that changes by itself and a
 * receiver that prints. Where it is started it reads {@code application.properties}, for the ports,
 * and leaves nothing.
 */
final class DemoApplication extends Application.Ready {
  private Demo demo;

  int run() throws Exception {
    quiet();
    System.out.println("Watchpost's demo is starting; Ctrl-C ends it.");
    demo = Demo.start(System.out);
    Path noRoutes = Files.createTempDirectory("watchpost-demo");
    noRoutes.toFile().deleteOnExit();
    try {
      return Application.serve(properties(noRoutes), this);
    } finally {
      demo.close();
    }
  }

  /** Only the demo's own sentences show, unless someone brought a logging of their own. */
  private static void quiet() {
    if (System.getProperty("log4j2.configurationFile") == null) {
      Configurator.setLevel("watchpost", Level.WARN);
      Configurator.setLevel("dev.watchpost", Level.WARN);
    }
  }

  private static Map<String, String> properties(Path noRoutes) throws IOException {
    Map<String, String> properties = new HashMap<>(Application.properties());
    properties.put("watchpost.database.url", "jdbc:h2:mem:demo;DB_CLOSE_ON_EXIT=FALSE");
    properties.put("watchpost.network.allow", "127.0.0.0/8");
    properties.put("watchpost.routes.directory", noRoutes.toString());
    properties.putIfAbsent("watchpost.api.user", UUID.randomUUID().toString());
    properties.putIfAbsent("watchpost.api.organization", UUID.randomUUID().toString());
    properties.putIfAbsent("watchpost.secrets.key", Secrets.newKey());
    return properties;
  }

  @Override
  void ready(Watchpost watchpost, CredentialsFile credentials, String baseUrl) throws IOException {
    JsonNode request = InstanceRequest.json(demo.instanceRequest());
    long id = watchpost.instances().create(request, null).instance().id();
    demo.explain(baseUrl, credentials.user(), credentials.organization(), id);
    demo.change();
  }
}
