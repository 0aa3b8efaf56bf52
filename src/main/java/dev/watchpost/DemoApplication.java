package dev.watchpost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.demo.Demo;
import dev.watchpost.instance.InstanceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * The demo: Watchpost on a database of its own, between a small API that changes by itself and a
 * receiver that prints.
 */
final class DemoApplication extends Application.Ready {
  private Demo demo;

  int run() throws Exception {
    quiet();
    demo = Demo.start(System.out);
    Path folder = Files.createTempDirectory("watchpost-demo");
    try {
      Map<String, String> properties = new HashMap<>(Application.properties());
      properties.put(
          "watchpost.database.url",
          "jdbc:h2:file:" + folder.resolve("demo") + ";DB_CLOSE_ON_EXIT=FALSE");
      properties.put("watchpost.network.allow", "127.0.0.0/8");
      // what someone has dropped into the directory we are started in is not for the demo's
      // database
      properties.put("watchpost.routes.directory", folder.resolve("routes").toString());
      return Application.serve(properties, this);
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

  @Override
  void ready(Watchpost watchpost, CredentialsFile credentials, String baseUrl) throws IOException {
    JsonNode request = InstanceRequest.json(demo.instanceRequest());
    long id = watchpost.instances().create(request, null).instance().id();
    demo.explain(baseUrl, credentials.user(), credentials.organization(), id);
    demo.change();
  }
}
