package dev.watchpost.api;

import dev.watchpost.instance.InstanceOfFile;
import dev.watchpost.instance.InvalidInstance;
import dev.watchpost.oauth.OAuthFailure;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Reply}, or what went wrong, becomes an HTTP answer. */
final class Departure {
  static final String REQUEST_ID = "Elements-Request-Id";
  static final String JSON = "application/json";

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  private Departure() {}

  static void reply(Exchange exchange) {
    write(exchange, exchange.getMessage().getBody(Reply.class));
  }

  static void failure(Exchange exchange) {
    Exception cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
    String requestId = exchange.getExchangeId();
    write(exchange, Reply.refused(refusal(cause, requestId), requestId));
  }

  private static Refusal refusal(Exception cause, String requestId) {
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof InvalidInstance invalid) {
      return Refusal.invalid(invalid.problems());
    }
    if (cause instanceof OAuthFailure failure) {
      return failure.refused()
          ? Refusal.byProvider(failure.getMessage(), failure.providerMessage())
          : Refusal.badGateway(failure.getMessage(), failure.providerMessage());
    }
    if (cause instanceof InstanceOfFile ofFile) {
      return Refusal.of(409, ofFile.getMessage());
    }
    if (cause instanceof NoSuchElementException missing) {
      return Refusal.notFound(missing.getMessage());
    }
    LOG.error("request {} failed", requestId, cause);
    return internalError();
  }

  static Refusal internalError() {
    return Refusal.of(500, "internal error; the log has it under this requestId");
  }

  private static void write(Exchange exchange, Reply reply) {
    Message message = exchange.getMessage();
    // Vert.x would send the body, and the connection be out of step
    boolean head = "HEAD".equals(message.getHeader(Exchange.HTTP_METHOD));
    message.removeHeaders("*");
    reply.headers().forEach(message::setHeader);
    message.setHeader(REQUEST_ID, exchange.getExchangeId());
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
    byte[] body = body(message, reply.body());
    // to an empty one Camel would add its length, which is not that of a GET's
    message.setBody(head ? null : body);
  }

  private static byte[] body(Message message, Object body) {
    if (body == null) {
      return new byte[0];
    }
    if (body instanceof Content content) {
      message.setHeader(Exchange.CONTENT_TYPE, content.type());
      message.setHeader("X-Content-Type-Options", "nosniff");
      return content.bytes();
    }
    message.setHeader(Exchange.CONTENT_TYPE, JSON);
    return Json.write(body);
  }
}
