package dev.watchpost.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** An HTTP request becomes a {@link Call}, or is refused. */
final class Arrival implements Processor {
  private final Operation operation;
  private final Contract contract;
  private final Callers callers;
  private final int bodyLimit;
  private final BooleanSupplier started;

  Arrival(
      Operation operation,
      Contract contract,
      Callers callers,
      int bodyLimit,
      BooleanSupplier started) {
    this.operation = operation;
    this.contract = contract;
    this.callers = callers;
    this.bodyLimit = bodyLimit;
    this.started = started;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Map<String, String> path = path(message);
    Callers.Caller caller = caller(message, path);
    byte[] body = operation.takesBody() ? body(message) : new byte[0];
    if (operation.writes() && !started.getAsBoolean()) {
      throw Refusal.starting();
    }
    boolean head = "HEAD".equals(message.getHeader(Exchange.HTTP_METHOD, String.class));
    message.setBody(new Call(caller, head, path, query(message), headers(message), body));
  }

  /** A wrong method on a literal path arrives at the path with the parameter: refused here. */
  private Map<String, String> path(Message message) {
    String path = message.getHeader(Exchange.HTTP_PATH, String.class);
    PathTemplate.Match match =
        contract.find(path).orElseThrow(() -> Refusal.notFound("no such path: " + path));
    if (!match.template().equals(operation.path())) {
      String method = message.getHeader(Exchange.HTTP_METHOD, String.class);
      throw Refusal.methodNotAllowed(method, path, contract.allowed(match.template()));
    }
    return match.parameters();
  }

  private Callers.Caller caller(Message message, Map<String, String> path) {
    String address = address(message);
    return operation.isPublic()
        ? callers.nobody(operation, address)
        : callers.caller(message.getHeader("Authorization", String.class), address, path);
  }

  /** Whose connection it is; of all behind a proxy that of the proxy. */
  private static String address(Message message) {
    return message instanceof HttpMessage http && http.getRequest() != null
        ? http.getRequest().remoteAddress().hostAddress()
        : "";
  }

  /** As sent: Camel puts query parameters among its own. */
  private static Map<String, String> headers(Message message) {
    Map<String, String> headers = new HashMap<>();
    if (message instanceof HttpMessage http && http.getRequest() != null) {
      http.getRequest()
          .headers()
          .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    }
    return headers;
  }

  private byte[] body(Message message) {
    if (operation.anyBody()) {
      byte[] form = FormBody.of(message);
      return form == null ? bytes(message) : form;
    }
    String type = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
    if (!type.isBlank() && !isJson(type) && hasBody(message)) {
      throw Refusal.of(
          415, "the body is %s; send Content-Type: application/json".formatted(type.strip()));
    }
    return bytes(message);
  }

  private byte[] bytes(Message message) {
    byte[] body = message.getBody(byte[].class);
    if (body != null && body.length > bodyLimit) {
      throw Refusal.tooLarge(bodyLimit);
    }
    return body == null ? new byte[0] : body;
  }

  private static boolean hasBody(Message message) {
    return !"0".equals(message.getHeader(Exchange.CONTENT_LENGTH, "", String.class));
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static Map<String, List<String>> query(Message message) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    String raw = message.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
    for (String pair : raw.split("&")) {
      String[] sides = pair.split("=", 2);
      query
          .computeIfAbsent(decoded(sides[0]), name -> new ArrayList<>())
          .add(sides.length < 2 ? "" : decoded(sides[1]));
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(400, "the query's percent-encoding is broken: " + text);
    }
  }
}
