package dev.watchpost.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Plays Sage One: exchanges a code and refresh tokens once each, and answers customers only to
 * requests with the right headers, a nonce never seen and a signature that it works out itself.
 */
final class SageServer implements AutoCloseable {
  static final String OWNER = "6ca18a4d6d3443bea14cfe2b48374b5c";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 2;

  private final HttpServer server;
  private final String code;
  private final String clientId;
  private final String clientSecret;
  private final String redirect;
  private final String subscription;
  private final String signingSecret;
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private final Map<String, ObjectNode> customers = new LinkedHashMap<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile String accessToken = "none yet";

  /** What a request did wrong. */
  final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();

  /** Requests for tokens, as form. */
  final List<Map<String, String>> exchanges = new CopyOnWriteArrayList<>();

  /** Targets of the requests that were served. */
  final List<String> served = new CopyOnWriteArrayList<>();

  /**
   * @param request of an instance whose code and secrets are the right ones
   */
  SageServer(ObjectNode request) throws IOException {
    var configuration = request.path("configuration");
    code = request.path("providerData").path("code").asText();
    clientId = configuration.path("oauth.api.key").asText();
    clientSecret = configuration.path("oauth.api.secret").asText();
    redirect = configuration.path("oauth.callback.url").asText();
    subscription = configuration.path("apim.subscription.key").asText();
    signingSecret = configuration.path("signature.secret").asText();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/token", exchange -> answer(exchange, this::token));
    server.createContext("/accounts/v3/contacts", exchange -> answer(exchange, this::contacts));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A customer is created or edited, now. */
  synchronized void save(String id, String name, Instant createdAt, Instant updatedAt) {
    customers.put(
        id,
        JSON.createObjectNode()
            .put("id", id)
            .put("displayed_as", name)
            .put("$path", "/contacts/" + id)
            .put("created_at", createdAt.toString())
            .put("updated_at", updatedAt.toString()));
  }

  /** The access token no longer holds. */
  void expireToken() {
    accessToken = "none any more";
  }

  private interface Work {
    ObjectNode of(HttpExchange exchange) throws IOException, GeneralSecurityException, Complaint;
  }

  private static final class Complaint extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    Complaint(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  private void answer(HttpExchange exchange, Work work) throws IOException {
    try (exchange) {
      int status = 200;
      ObjectNode body;
      try {
        body = work.of(exchange);
      } catch (Complaint complaint) {
        status = complaint.status;
        body = JSON.createObjectNode().put("$message", complaint.getMessage());
        if (status != 401) {
          complaints.add(complaint.getMessage());
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, 0);
      exchange.getResponseBody().write(JSON.writeValueAsBytes(body));
    }
  }

  private ObjectNode token(HttpExchange exchange) throws IOException, Complaint {
    Map<String, String> form =
        pairs(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchanges.add(form);
    require("POST", exchange.getRequestMethod(), "method");
    require(clientId, form.get("client_id"), "client_id");
    require(clientSecret, form.get("client_secret"), "client_secret");
    String grant = form.get("grant_type");
    String given = "authorization_code".equals(grant) ? code : "refresh-" + tokens.get();
    if ("authorization_code".equals(grant)) {
      require(redirect, form.get("redirect_uri"), "redirect_uri");
      require(given, form.get("code"), "code");
    } else {
      require("refresh_token", grant, "grant_type");
      require(given, form.get("refresh_token"), "refresh_token");
    }
    if (!used.add(given)) {
      throw new Complaint(400, "a code or refresh token came twice");
    }
    accessToken = "access/" + tokens.incrementAndGet() + "+~*";
    return JSON.createObjectNode()
        .put("access_token", accessToken)
        .put("expires_in", 3600)
        .put("token_type", "bearer")
        .put("refresh_token", "refresh-" + tokens.get())
        .put("scopes", "full_access")
        .put("resource_owner_id", OWNER);
  }

  private synchronized ObjectNode contacts(HttpExchange exchange)
      throws GeneralSecurityException, Complaint {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + accessToken).equals(authorization)) {
      throw new Complaint(401, "not the access token");
    }
    require(subscription, header(exchange, "ocp-apim-subscription-key"), "subscription key");
    require(OWNER, header(exchange, "X-Site"), "X-Site");
    URI uri = exchange.getRequestURI();
    requireSigned(exchange, uri);
    Map<String, String> query = pairs(uri.getRawQuery());
    require("CUSTOMER", query.get("contact_type_id"), "contact_type_id");
    require("created_at,updated_at", query.get("attributes"), "attributes");
    served.add(uri.toString());
    return page(query);
  }

  private ObjectNode page(Map<String, String> query) {
    Instant since = Instant.parse(query.get("updated_or_created_since"));
    List<ObjectNode> changed =
        customers.values().stream()
            .filter(each -> !Instant.parse(each.path("updated_at").asText()).isBefore(since))
            .toList();
    int page = Integer.parseInt(query.get("page"));
    // as Sage does: beyond the last page it answers the last one
    int pages = Math.max(1, (changed.size() + PAGE - 1) / PAGE);
    page = Math.min(page, pages);
    ObjectNode body = JSON.createObjectNode();
    body.put("$total", changed.size()).put("$page", page).put("$itemsPerPage", PAGE);
    body.put("$next", page < pages ? "/contacts?page=" + (page + 1) : null);
    body.put("$back", page > 1 ? "/contacts?page=" + (page - 1) : null);
    ArrayNode items = body.putArray("$items");
    changed.stream().skip((page - 1L) * PAGE).limit(PAGE).forEach(items::add);
    return body;
  }

  private void requireSigned(HttpExchange exchange, URI uri)
      throws GeneralSecurityException, Complaint {
    String nonce = header(exchange, "X-Nonce");
    if (nonce == null || !used.add("nonce " + nonce)) {
      throw new Complaint(400, "the nonce is missing or came before: " + nonce);
    }
    List<String> parameters = new ArrayList<>(List.of("body="));
    pairs(uri.getRawQuery()).forEach((n, v) -> parameters.add(encoded(n) + "=" + encoded(v)));
    String base =
        String.join(
            "&",
            exchange.getRequestMethod(),
            encoded(url() + uri.getRawPath()),
            encoded(parameters.stream().sorted().collect(Collectors.joining("&"))),
            encoded(nonce),
            encoded(OWNER));
    Mac mac = Mac.getInstance("HmacSHA1");
    String key = encoded(signingSecret) + "&" + encoded(accessToken);
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] hash = mac.doFinal(base.getBytes(StandardCharsets.UTF_8));
    require(Base64.getEncoder().encodeToString(hash), header(exchange, "X-Signature"), "signature");
  }

  private static String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private static void require(String expected, String found, String what) throws Complaint {
    if (!expected.equals(found)) {
      throw new Complaint(400, "%s: expected %s, found %s".formatted(what, expected, found));
    }
  }

  private static Map<String, String> pairs(String form) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : form.split("&")) {
      String[] sides = pair.split("=", 2);
      pairs.put(
          URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
          URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return pairs;
  }

  /** RFC 3986, written anew here: the signature must not be checked by what made it. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
