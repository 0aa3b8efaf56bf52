package dev.watchpost.api;

import dev.watchpost.resource.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call that is not served: its status, and what the caller should know or mend. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String providerMessage;
  private final transient List<Problem> errors;
  private final transient Map<String, String> headers;

  private Refusal(
      int status,
      String message,
      String providerMessage,
      List<Problem> errors,
      Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.providerMessage = providerMessage;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  /** Any status without more to say. */
  static Refusal of(int status, String message) {
    return new Refusal(status, message, null, List.of(), Map.of());
  }

  /** 400 with what is wrong, the first of it as the message. */
  static Refusal invalid(List<Problem> errors) {
    return new Refusal(400, errors.get(0).toString(), null, errors, Map.of());
  }

  /**
   * 400 for one thing.
   *
   * @param path the parameter, or a path in the body
   * @param message what was found and the fix
   */
  static Refusal invalid(String path, String message) {
    return invalid(List.of(new Problem(path, message)));
  }

  /** 413. */
  static Refusal tooLarge(int limit) {
    return of(413, "the body is larger than %,d bytes".formatted(limit));
  }

  static Refusal notFound(String message) {
    return of(404, message);
  }

  /**
   * 409 that passes.
   *
   * @param retryAfter seconds
   */
  static Refusal conflict(String message, String retryAfter) {
    return new Refusal(409, message, null, List.of(), Map.of("Retry-After", retryAfter));
  }

  /**
   * 405.
   *
   * @param allowed methods in their order
   */
  static Refusal methodNotAllowed(String method, String path, Set<String> allowed) {
    String allow = String.join(", ", allowed);
    return new Refusal(
        405,
        "%s %s is not possible; allowed: %s".formatted(method, path, allow),
        null,
        List.of(),
        Map.of("Allow", allow));
  }

  /** 400: a provider refused what the caller has sent for it. */
  static Refusal byProvider(String message, String providerMessage) {
    return new Refusal(400, message, providerMessage, List.of(), Map.of());
  }

  /** 502: a provider failed. */
  static Refusal badGateway(String message, String providerMessage) {
    return new Refusal(502, message, providerMessage, List.of(), Map.of());
  }

  /**
   * 503.
   *
   * @param retryAfter seconds
   */
  static Refusal unavailable(String message, String retryAfter) {
    return new Refusal(503, message, null, List.of(), Map.of("Retry-After", retryAfter));
  }

  /**
   * 429.
   *
   * @param nanos until it may be tried again
   */
  static Refusal tooMany(String message, long nanos) {
    long seconds = Math.max(1, (nanos + 999_999_999) / 1_000_000_000);
    return new Refusal(
        429,
        "%s; try again in %d s".formatted(message, seconds),
        null,
        List.of(),
        Map.of("Retry-After", Long.toString(seconds)));
  }

  /** 503 while the start is not complete. */
  static Refusal starting() {
    return unavailable("still starting; try again in a second", "1");
  }

  int status() {
    return status;
  }

  String providerMessage() {
    return providerMessage;
  }

  List<Problem> errors() {
    return errors;
  }

  Map<String, String> headers() {
    return headers;
  }
}
