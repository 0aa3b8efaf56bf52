package dev.watchpost.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that no route is for, and bodies the server refuses: answered in our form. This asks
 * Vert.x directly, as its last resort: a Camel catch-all route would hide the REST routes that are
 * added after it. Where another server than Camel's own hosts us, its answers stand; so does that
 * of Vert.x to a path whose percent-encoding is broken, which comes before any route: 400, "Bad
 * Request".
 */
final class OtherRequests {
  private static final Logger LOG = LoggerFactory.getLogger(OtherRequests.class);

  private static final Set<HttpMethod> FORMS =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  private final Contract contract;

  private final int bodyLimit;

  private OtherRequests(Contract contract, int bodyLimit) {
    this.contract = contract;
    this.bodyLimit = bodyLimit;
  }

  /** The server is up only when the context has started: until then Vert.x answers by itself. */
  static void answerThem(CamelContext context, Contract contract, int bodyLimit) throws Exception {
    OtherRequests others = new OtherRequests(contract, bodyLimit);
    context.addStartupListener((starting, alreadyStarted) -> others.attach(starting));
  }

  private void attach(CamelContext context) {
    context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
        .filter(router -> !router.isManagementServer())
        .forEach(this::answerFrom);
  }

  private void answerFrom(Router router) {
    router.route().order(-1).handler(OtherRequests::forgetForm).failureHandler(this::failed);
    for (String base : contract.bases()) {
      router.post(base + "/events/*").order(-1).handler(FormBody::note);
    }
    router.route().last().handler(this::unknown);
  }

  /** Vert.x fails where a request that has no body says that it is a form. */
  private static void forgetForm(RoutingContext request) {
    if (!FORMS.contains(request.request().method())) {
      request.request().headers().remove("Content-Type");
    }
    request.next();
  }

  private void unknown(RoutingContext request) {
    String id = newId();
    try {
      String path = request.normalizedPath();
      Optional<PathTemplate.Match> match = contract.find(path);
      if (match.isEmpty()) {
        throw Refusal.notFound("no such path: " + path);
      }
      Set<String> allowed = contract.allowed(match.get().template());
      String method = request.request().method().name();
      if (!method.equals("OPTIONS")) {
        throw Refusal.methodNotAllowed(method, path, allowed);
      }
      write(request, new Reply(200, Map.of("Allow", String.join(", ", allowed)), null), id);
    } catch (Refusal refusal) {
      write(request, Reply.refused(refusal, id), id);
    }
  }

  private void failed(RoutingContext request) {
    String id = newId();
    if (request.statusCode() >= 500) {
      LOG.error("request {} failed", id, request.failure());
    }
    Refusal refusal =
        switch (request.statusCode()) {
          case 400 -> Refusal.of(400, "the request is not understood");
          case 413 -> Refusal.tooLarge(bodyLimit);
          default -> Departure.internalError();
        };
    write(request, Reply.refused(refusal, id), id);
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private static void write(RoutingContext request, Reply reply, String requestId) {
    HttpServerResponse response = request.response();
    if (response.ended()) {
      return;
    }
    response.setStatusCode(reply.status()).putHeader(Departure.REQUEST_ID, requestId);
    reply.headers().forEach(response::putHeader);
    if (reply.body() == null) {
      response.end();
      return;
    }
    response.putHeader("Content-Type", Departure.JSON);
    if (request.request().method() == HttpMethod.HEAD) {
      response.end();
    } else {
      response.end(Buffer.buffer(Json.write(reply.body())));
    }
  }
}
