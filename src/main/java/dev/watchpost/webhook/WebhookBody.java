package dev.watchpost.webhook;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a webhook says: JSON, or a form, or the parameters of a GET. Of a form and a GET the
 * parameter {@code payload} holds JSON; without it their parameters are the fields.
 */
final class WebhookBody {
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final String PAYLOAD = "payload";

  private WebhookBody() {}

  /** Maps, lists, texts, numbers, booleans and nulls. */
  static Object of(IncomingWebhook webhook) throws WebhookRefused {
    if (webhook.get()) {
      return fields(webhook.query(), "the query");
    }
    String type = webhook.header("content-type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.equals("application/x-www-form-urlencoded")) {
      return fields(form(new String(webhook.body(), StandardCharsets.UTF_8)), "the form");
    }
    if (webhook.body().length == 0) {
      throw new WebhookRefused(422, "the body is empty; send JSON, or a form with payload=<JSON>");
    }
    return json(webhook.body(), "the body");
  }

  private static Object fields(Map<String, List<String>> parameters, String where)
      throws WebhookRefused {
    if (parameters.containsKey(PAYLOAD)) {
      String payload = parameters.get(PAYLOAD).get(0);
      return json(payload.getBytes(StandardCharsets.UTF_8), PAYLOAD + " of " + where);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) -> {
          if (!name.isEmpty()) {
            fields.put(name, values.size() == 1 ? values.get(0) : values);
          }
        });
    if (fields.isEmpty()) {
      throw new WebhookRefused(422, where + " is empty; send payload=<JSON>");
    }
    return fields;
  }

  private static Map<String, List<String>> form(String text) throws WebhookRefused {
    Map<String, List<String>> form = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      String[] sides = pair.split("=", 2);
      try {
        form.computeIfAbsent(decoded(sides[0]), name -> new java.util.ArrayList<>())
            .add(sides.length < 2 ? "" : decoded(sides[1]));
      } catch (IllegalArgumentException e) {
        throw new WebhookRefused(422, "the form's percent-encoding is broken");
      }
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Where it nests too deep no place is known. */
  private static String place(JsonLocation at) {
    return at == null
        ? ": it is too deep, or too large"
        : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static Object json(byte[] bytes, String where) throws WebhookRefused {
    try {
      return JSON.readValue(bytes, Object.class);
    } catch (JsonProcessingException e) {
      throw new WebhookRefused(422, "%s is no JSON%s".formatted(where, place(e.getLocation())));
    } catch (IOException e) {
      throw new WebhookRefused(422, where + " is no JSON: it is not UTF-8 text");
    }
  }
}
