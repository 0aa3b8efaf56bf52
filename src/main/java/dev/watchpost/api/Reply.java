package dev.watchpost.api;

import dev.watchpost.resource.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer to a call.
 *
 * @param headers beside Content-Type and Elements-Request-Id
 * @param body {@link Content}, else rendered as JSON; null: none
 */
record Reply(int status, Map<String, String> headers, Object body) {

  /** 200 with a JSON body. */
  static Reply ok(Object body) {
    return new Reply(200, Map.of(), body);
  }

  /** 200 without a body (CE: after a DELETE). */
  static Reply done() {
    return new Reply(200, Map.of(), null);
  }

  /** A refusal in the one form that errors have. */
  static Reply refused(Refusal refusal, String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("requestId", requestId);
    body.put("message", refusal.getMessage());
    if (refusal.providerMessage() != null) {
      body.put("providerMessage", refusal.providerMessage());
    }
    List<Problem> errors = refusal.errors();
    if (!errors.isEmpty()) {
      body.put("errors", errors);
    }
    return new Reply(refusal.status(), refusal.headers(), body);
  }
}
