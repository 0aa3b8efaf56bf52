package dev.watchpost.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies that are JSON no longer, or another than was asked for. */
final class WildJson {
  /** As JSON text; what no tree can hold among them. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e999",
          "-1e-999",
          "99999999999999999999999999",
          "3.0000000000000000000000001",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\u0007\\u001b[31m\\r\\n\"",
          "\"\\ud83d\\ude00 \\u202e \\ufeff\"",
          "\"\\ud800\"",
          "\"${env:PATH}{{watchpost.secrets.key}}${date:yyyy}\"",
          "\"${date:MM/dd/yyy}\"",
          "\"'; drop table instance; --\"",
          "\"<script>alert(1)</script>\"",
          "\"../../etc/passwd\"",
          "\"file:///etc/passwd\"",
          "\"http://169.254.169.254/latest\"",
          "\"********\"",
          "[]",
          "{}",
          "[[[[[[[[1]]]]]]]]",
          "{\"a\":{\"b\":{\"c\":[{}]}}}",
          "[null]",
          "\"[1,2\"",
          "\"{\\\"customers\\\":{\\\"url\\\":\\\"/x\\\",\\\"idField\\\":\\\"id\\\"}}\"");

  private static final List<String> KEYS =
      List.of(
          "event.poller.configuration",
          "event.poller.urls",
          "event.poller.refresh_interval",
          "event.poller.requests_per_minute",
          "event.notification.callback.url",
          "event.notification.callback.headers",
          "event.notification.batch.size",
          "event.notification.format",
          "event.notification.signature.key",
          "event.vendor.type",
          "event.webhook.mapping",
          "event.webhook.secret",
          "authentication.type",
          "authentication.headers",
          "oauth.grant",
          "base.url",
          "code",
          "id",
          "url",
          "idField",
          "recordsPath",
          "datesConfiguration",
          "pagination",
          "deletes",
          "startFrom",
          "format",
          "body",
          "headers",
          "method",
          "",
          "\u0000",
          "constructor",
          "__proto__");

  private final Random random;

  WildJson(Random random) {
    this.random = random;
  }

  <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** A body like {@code example}, changed in a few places. */
  byte[] of(JsonNode example) {
    JsonNode body = example.deepCopy();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      change(body);
    }
    String text = body.toString();
    return switch (random.nextInt(20)) {
      case 0 -> bytes(text.substring(0, random.nextInt(text.length() + 1)));
      case 1 -> flipped(bytes(text));
      case 2 -> bytes(text.replaceFirst("\\{", "{\"name\":\"twice\",\"name\":\"twice\","));
      case 3 -> text.getBytes(StandardCharsets.UTF_16);
      case 4 -> bytes("\ufeff" + text);
      case 5 -> bytes(text + text);
      case 6 -> bytes(VALUES.get(random.nextInt(VALUES.size())));
      case 7 -> deep();
      case 8 -> large(text);
      case 9 -> new byte[0];
      default -> bytes(text);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void change(JsonNode body) {
    List<JsonNode> containers = new ArrayList<>();
    collect(body, containers);
    if (containers.isEmpty()) {
      return;
    }
    JsonNode container = any(containers);
    if (container instanceof ObjectNode object) {
      change(object);
    } else if (container instanceof ArrayNode array) {
      array.insert(random.nextInt(array.size() + 1), wild());
    }
  }

  private void change(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.isEmpty() || random.nextInt(3) == 0 ? any(KEYS) : any(names);
    if (random.nextInt(6) == 0) {
      object.remove(name);
    } else {
      object.set(name, wild());
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(each -> collect(each, containers));
    }
  }

  private JsonNode wild() {
    if (random.nextInt(40) == 0) {
      return JsonNodeFactory.instance.textNode("x".repeat(100_000));
    }
    return JsonNodeFactory.instance.rawValueNode(new RawValue(any(VALUES)));
  }

  private byte[] flipped(byte[] bytes) {
    for (int flips = random.nextInt(5); bytes.length > 0 && flips >= 0; flips--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Nested deeper than any stack. */
  private byte[] deep() {
    byte[] deep = new byte[1 + random.nextInt(200_000)];
    Arrays.fill(deep, (byte) (random.nextBoolean() ? '[' : '{'));
    return deep;
  }

  /** Mostly below the limit of a body, sometimes beyond it. */
  private byte[] large(String text) {
    ByteArrayOutputStream large = new ByteArrayOutputStream();
    large.writeBytes(bytes(text));
    int size = random.nextInt(8) == 0 ? 1_500_000 : random.nextInt(300_000);
    large.writeBytes(" ".repeat(size).getBytes(StandardCharsets.US_ASCII));
    return large.toByteArray();
  }
}
