package dev.watchpost.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.watchpost.Watchpost;
import dev.watchpost.tenant.ApiCredentials;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.MainHttpServer;

/** The REST API of a running Watchpost, and a client of it. Ends with the context. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String authorization;

  private Api(String url, String authorization) {
    this.url = url;
    this.authorization = authorization;
  }

  int port() {
    return URI.create(url).getPort();
  }

  /** The same, for someone who shows other secrets. */
  Api as(String authorization) {
    return new Api(url, authorization);
  }

  static Api of(CamelContext context, Watchpost watchpost) throws Exception {
    MainHttpServer server = new MainHttpServer();
    server.setCamelContext(context);
    server.setHost("127.0.0.1");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      server.setPort(free.getLocalPort());
    }
    context.addService(server);
    context.addRoutes(watchpost.api(new ApiCredentials("me", "us")));
    return new Api("http://127.0.0.1:" + server.getPort(), "User me, Organization us");
  }

  /** Without a slash at its end. */
  String url() {
    return url;
  }

  /** The answer, which must be 200. */
  JsonNode get(String path) throws Exception {
    return ok(call("GET", path, null));
  }

  /**
   * @param body null: none
   */
  JsonNode send(String method, String path, String body) throws Exception {
    return ok(call(method, path, body));
  }

  HttpResponse<String> call(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", authorization)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** As someone else than a user: without credentials, with these headers. */
  HttpResponse<String> post(String path, String contentType, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode ok(HttpResponse<String> answer) throws Exception {
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
