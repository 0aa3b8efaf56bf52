package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.ResourceParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Requests as users send them. */
public final class Bodies {
  public static final Element REST = Catalogue.builtIn().find("rest").orElseThrow();

  /** The contract's own, but for the element and its base url. */
  static final String SPEC =
      contract()
          .replace("\"sageone\"", "\"rest\"")
          .replace(
              "\"oauth.api.key\"",
              "\"base.url\": \"https://api.sage.example/v1\", \"oauth.api.key\"");

  private Bodies() {}

  private static String contract() {
    try (InputStream in = Bodies.class.getResourceAsStream("/contract-request.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode spec() {
    return InstanceRequest.json(SPEC);
  }

  static JsonNode json(String text) {
    return InstanceRequest.json(text.replace('`', '"'));
  }

  /** A request for element rest with these members of its configuration, ` for quotes. */
  static JsonNode configured(String members) {
    return json("{`element`:`rest`,`configuration`:{" + members + "}}");
  }

  /** The settings of an instance with one resource {@code things}, ` for quotes. */
  static Map<String, String> resource(String json) {
    return Map.of(
        "base.url",
        "https://api.example.com",
        ResourceParser.CONFIGURATION,
        "{\"things\":" + json.replace('`', '"') + "}");
  }

  public static ResourceParser.Parsed parsed(String json) {
    return new ResourceParser(InstanceRules.standard().minimumInterval())
        .parse(REST, resource(json));
  }

  /** The only resource, which must be without a problem. */
  public static Resource one(String json) {
    ResourceParser.Parsed parsed = parsed(json);
    if (!parsed.problems().isEmpty()) {
      throw new AssertionError(parsed.problems());
    }
    return parsed.resources().get(0);
  }
}
