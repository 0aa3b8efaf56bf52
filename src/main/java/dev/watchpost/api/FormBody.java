package dev.watchpost.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * The bytes of a form, which signatures cover. Camel hands on its parameters only; Vert.x has the
 * bytes as well, so requests that bring a form are noted until they are answered.
 */
final class FormBody {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Map<HttpServerRequest, RoutingContext> FORMS = new ConcurrentHashMap<>();

  private FormBody() {}

  /** Takes note of a request, before its body is read. */
  static void note(RoutingContext request) {
    String type = request.request().getHeader("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      FORMS.put(request.request(), request);
      request.addEndHandler(ended -> FORMS.remove(request.request()));
    }
    request.next();
  }

  /** Null: it is no form. */
  static byte[] of(Message message) {
    RoutingContext request =
        message instanceof HttpMessage http && http.getRequest() != null
            ? FORMS.get(http.getRequest())
            : null;
    Buffer body = request == null ? null : request.body().buffer();
    return body == null ? null : body.getBytes();
  }
}
