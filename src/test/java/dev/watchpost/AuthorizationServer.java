package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An OAuth2 server written by others: oidc-provider 9.13.3 on a free loopback port, as {@code
 * src/test/js/oauth-server.mjs} sets it up. A person is a browser's worth of form posts. Installed
 * by {@code npm ci --prefix src/test/js}.
 */
public final class AuthorizationServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("src/test/js/oauth-server.mjs").toAbsolutePath();
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\" method=\"post\"");
  private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"(\\w+)\"");
  private static final int MOST_STEPS = 20;

  private final Process process;
  private final String url;

  private AuthorizationServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Skips the calling test where it is not installed; in CI ({@code WATCHPOST_CI}) fails it. */
  public static void require() {
    NodeModules.require("oidc-provider");
  }

  public static AuthorizationServer start() throws IOException {
    Process process =
        new ProcessBuilder("node", "--no-warnings", PROGRAM.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = output.readLine(); // warnings of the library
    }
    assertThat(line).as("its port").isNotNull();
    return new AuthorizationServer(process, "http://127.0.0.1:" + line);
  }

  /** Without a slash at its end. */
  public String url() {
    return url;
  }

  /** Opens an authorization url, logs in, consents; the parameters the callback gets. */
  public Map<String, String> consent(String authorizationUrl, String login) throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpRequest next = HttpRequest.newBuilder(URI.create(authorizationUrl)).build();
    for (int step = 0; step < MOST_STEPS; step++) {
      HttpResponse<String> page = browser.send(next, BodyHandlers.ofString());
      String location = page.headers().firstValue("Location").orElse(null);
      if (location == null) {
        next = filled(page.body(), login);
      } else if (!location.startsWith(url) && location.startsWith("http")) {
        return parameters(URI.create(location).getRawQuery());
      } else {
        next = HttpRequest.newBuilder(URI.create(url).resolve(location)).build();
      }
    }
    throw new AssertionError("no end to the pages of " + authorizationUrl);
  }

  private HttpRequest filled(String page, String login) {
    Matcher form = FORM.matcher(page);
    Matcher prompt = PROMPT.matcher(page);
    if (!form.find() || !prompt.find()) {
      throw new AssertionError("a page without a form: " + page.replaceAll("(?s).*<body", ""));
    }
    Map<String, String> fields =
        Map.of("prompt", prompt.group(1), "login", login, "password", "any");
    return post(URI.create(url).resolve(form.group(1)), fields);
  }

  private static Map<String, String> parameters(String query) {
    return List.of(query.split("&")).stream()
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** Whether an access token is good, by the server's introspection (RFC 7662). */
  public boolean isActive(String token) throws Exception {
    return asClient("source", "/token/introspection", token).path("active").asBoolean();
  }

  /** Ends one access token before its time. */
  public void end(String accessToken) throws Exception {
    get("/end?token=" + accessToken);
  }

  /** Takes a token back (RFC 7009), and with it all that the same consent gave. */
  public void revoke(String client, String token) throws Exception {
    asClient(client, "/token/revocation", token);
  }

  private JsonNode asClient(String client, String path, String token) throws Exception {
    return call(
        path, Map.of("token", token, "client_id", client, "client_secret", client + "-secret"));
  }

  /** A POST of a form; its answer as JSON. */
  public JsonNode call(String path, Map<String, String> form) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(post(URI.create(url + path), form), BodyHandlers.ofString());
    return new ObjectMapper().readTree(answer.body());
  }

  private static HttpRequest post(URI uri, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What its token url was asked for so far: {@code refresh_token given}. */
  public List<String> asked() throws Exception {
    return get("/asked").lines().toList();
  }

  /** Its token url waits before it answers, so that those who ask at once really meet. */
  public void delay(int millis) throws Exception {
    get("/delay?ms=" + millis);
  }

  private String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
