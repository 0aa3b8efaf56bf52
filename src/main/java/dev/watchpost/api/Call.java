package dev.watchpost.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.tenant.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that may be served.
 *
 * @param by of whom nothing is known where the operation is public
 * @param head nothing is to be answered but headers, and nothing to be changed
 * @param path parameters, decoded
 * @param query parameters, decoded, in their order
 * @param headers the first of each name, names in lower case
 * @param body empty where there is none
 */
record Call(
    Callers.Caller by,
    boolean head,
    Map<String, String> path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    byte[] body) {

  /**
   * The instance of the path, which is the caller's, else that of the Element token.
   *
   * @throws Refusal 401 where neither is there
   */
  long instanceId() {
    String id = path.get("id");
    if (id != null) {
      return number(id);
    }
    if (own() == null) {
      throw Authorization.unauthorized("without an id in the path the Element token is needed");
    }
    return own();
  }

  /** Number of the instance whose Element token was sent; null: none was. */
  Long own() {
    return by.own();
  }

  /** Whose secrets were shown; null: the operation is public. */
  Owner caller() {
    return by.owner();
  }

  static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw Refusal.notFound("no instance '" + id + "': its id is a number");
    }
  }

  String parameter(String name) {
    return path.get(name);
  }

  /**
   * The element that the path names by key or number.
   *
   * @throws Refusal 404 where there is none
   */
  Element element(Catalogue catalogue) {
    String key = parameter("key");
    return catalogue
        .find(key)
        .orElseThrow(() -> Refusal.notFound("no element '" + key + "'; GET /elements lists them"));
  }

  /** The first of that name; null: it is missing or empty. */
  String query(String name) {
    String value = query.getOrDefault(name, List.of("")).get(0);
    return value.isBlank() ? null : value.strip();
  }

  /** All of that name, blank ones left out. */
  List<String> queries(String name) {
    return query.getOrDefault(name, List.of()).stream().filter(v -> !v.isBlank()).toList();
  }

  /**
   * @throws Refusal 400 where it is neither true nor false
   */
  boolean flag(String name) {
    String value = query(name);
    if (value == null || value.equalsIgnoreCase("false")) {
      return false;
    }
    if (value.equalsIgnoreCase("true")) {
      return true;
    }
    throw Refusal.invalid(name, "expected true or false, found '" + value + "'");
  }

  /**
   * The header Idempotency-Key: a text in quotes, as its draft has it, or as it is.
   *
   * @throws Refusal 400 where it is none
   */
  Optional<String> idempotencyKey() {
    String header = headers.get("idempotency-key");
    if (header == null) {
      return Optional.empty();
    }
    String key = header.strip().replaceFirst("^\"(.*)\"$", "$1");
    if (!key.matches("[\\x21-\\x7e]{1,255}")) {
      throw Refusal.invalid(
          "Idempotency-Key", "expected 1 to 255 visible characters, such as a UUID");
    }
    return Optional.of(key);
  }

  /** Differs where path or body do. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(path.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /**
   * @throws Refusal 400 where the body is no JSON object
   */
  JsonNode object() {
    JsonNode node = Json.read(body);
    if (!node.isObject()) {
      throw Refusal.invalid("", "the body is no JSON object; send {...}");
    }
    return node;
  }
}
