package dev.watchpost.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Requests made of a contract, with something wrong in most of them. The same seed makes the same
 * ones of the same ids.
 */
final class WildRequests {
  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "PUT",
          "POST",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "PROPFIND",
          "get",
          "BREW");

  private static final List<String> SEGMENTS =
      List.of(
          "0",
          "-1",
          "abc",
          "9223372036854775807",
          "9223372036854775808",
          "%00",
          "%F0%9F%98%80",
          "%ff%fe",
          "%zz",
          "%",
          "..",
          "%2e%2e",
          "%2F",
          "a%2Fb",
          "+",
          ";a=b",
          "",
          "null",
          "rest",
          "github",
          "1",
          "customers",
          "event.poller.refresh_interval",
          "authentication.token",
          "{id}",
          "%7B%7Bwatchpost.secrets.key%7D%7D",
          "x".repeat(3_000),
          "1%27%20or%20%271%27=%271");

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "-1",
          "1",
          "2147483648",
          "99999999999999999999",
          "true",
          "perhaps",
          "%00",
          "%F0%9F%98%80",
          "%zz",
          "%ed%a0%80",
          "a+b",
          "'",
          "%25",
          "[]",
          "CREATED",
          "PENDING",
          "2026-01-31T00:00:00Z",
          "+1000000000-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "-9223372036854775808",
          "b2Zmc2V0Ojk5OTk5OTk5OQ",
          "lastModifiedDate%3E%3D%272026-01-01T00:00:00Z%27",
          "id%3D%27",
          "x".repeat(2_000));

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-16",
          "application/merge-patch+json",
          "text/plain",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x",
          "application/json;;;=",
          "*/*",
          "\u00e9");

  private final List<ContractOperation> operations;
  private final Random random;
  private final WildJson json;
  private final List<String> credentials;
  private final String sourceUrl;
  private final String callbackUrl;

  private Names names = new Names(List.of("1"), List.of("x"), List.of());

  /**
   * What is there to be named, of both organizations.
   *
   * @param ids of instances
   * @param events ids of events
   * @param credentials right ones that name an instance
   */
  record Names(List<String> ids, List<String> events, List<String> credentials) {}

  /**
   * @param credentials headers to choose among
   */
  WildRequests(
      List<ContractOperation> operations,
      long seed,
      List<String> credentials,
      String sourceUrl,
      String callbackUrl) {
    this.operations = operations;
    this.random = new Random(seed);
    this.json = new WildJson(random);
    this.credentials = credentials;
    this.sourceUrl = sourceUrl;
    this.callbackUrl = callbackUrl;
  }

  void names(Names names) {
    this.names = names;
  }

  RawRequest next() {
    ContractOperation operation = json.any(operations);
    String method = oneIn(12) ? json.any(METHODS) : operation.method();
    byte[] body = operation.body().isMissingNode() && !oneIn(20) ? null : body(operation);
    double cut = oneIn(60) ? random.nextDouble() : 1;
    return new RawRequest(operation, method, target(operation), headers(body), body, cut);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private String target(ContractOperation operation) {
    StringBuilder target = new StringBuilder(oneIn(4) ? "/elements/api-v2" : "");
    for (String segment : operation.path().substring(1).split("/")) {
      target.append('/').append(segment.startsWith("{") ? named(operation, segment) : segment);
    }
    if (oneIn(40)) {
      target.append('/').append(json.any(SEGMENTS));
    }
    String query = query(operation);
    return query.isEmpty() ? target.toString() : target + "?" + query;
  }

  private String named(ContractOperation operation, String parameter) {
    if (oneIn(5)) {
      return json.any(SEGMENTS);
    }
    switch (parameter) {
      case "{id}":
        return json.any(names.ids());
      case "{eventId}":
        return json.any(names.events());
      case "{instanceId}":
        byte[] id = json.any(names.ids()).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(id);
      default:
        return example(operation, parameter);
    }
  }

  private static String example(ContractOperation operation, String parameter) {
    String name = parameter.substring(1, parameter.length() - 1);
    return operation.parameters("path").stream()
        .filter(each -> each.path("name").asText().equals(name))
        .map(each -> encoded(each.path("example").asText()))
        .findFirst()
        .orElse("x");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String query(ContractOperation operation) {
    List<String> pairs = new ArrayList<>();
    for (JsonNode parameter : operation.parameters("query")) {
      if (oneIn(2)) {
        String value = parameter.path("example").asText();
        pairs.add(
            encoded(parameter.path("name").asText())
                + "="
                + (oneIn(2) ? json.any(VALUES) : encoded(value)));
      }
    }
    if (oneIn(15)) {
      pairs.add(json.any(VALUES) + "=" + json.any(VALUES));
    }
    if (oneIn(15)) {
      pairs.add("instanceId=" + json.any(names.ids()));
    }
    return String.join("&", pairs);
  }

  private byte[] body(ContractOperation operation) {
    JsonNode example = operation.example(operation.body());
    byte[] wild = json.of(example.isMissingNode() ? operation.said() : example);
    String text = new String(wild, StandardCharsets.ISO_8859_1);
    return text.replace("https://api.example.com/v2", sourceUrl)
        .replace("https://mycoolapp.com/events", callbackUrl)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private List<String> headers(byte[] body) {
    List<String> headers = new ArrayList<>();
    boolean own = oneIn(4) && !names.credentials().isEmpty();
    String authorization = json.any(own ? names.credentials() : credentials);
    if (!authorization.isEmpty()) {
      headers.add("Authorization: " + authorization);
    }
    if (body != null && !oneIn(20)) {
      headers.add("Content-Type: " + (oneIn(8) ? json.any(TYPES) : "application/json"));
    }
    if (oneIn(8)) {
      headers.add("Idempotency-Key: " + json.any(List.of("a", "b", "\"c\"", "", "\u00ff", "x y")));
    }
    if (oneIn(12)) {
      headers.add(odd());
    }
    return headers;
  }

  private String odd() {
    return json.any(
        List.of(
            "X-HTTP-Method-Override: DELETE",
            "Content-Encoding: gzip",
            "Accept: text/html",
            "Accept-Encoding: gzip, br;q=2",
            "CamelHttpPath: /instances/1",
            "CamelHttpMethod: DELETE",
            "CamelHttpUri: http://127.0.0.1/",
            "X-Forwarded-For: 10.0.0.1",
            "Expect: 100-continue",
            "Range: bytes=0-0",
            "If-None-Match: *",
            "Cookie: a=" + "b".repeat(4_000),
            "X-Hub-Signature-256: sha256=00",
            "webhook-id: a\tb",
            "id: 1",
            "\u00e9: \u00e9",
            "Origin: https://evil.example"));
  }
}
