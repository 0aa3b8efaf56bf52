package dev.watchpost.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The REST contract {@code openapi.yaml}: what is served, and under which bases. Immutable. */
final class Contract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  private final JsonNode document;
  private final List<String> bases;
  private final List<Operation> operations;
  private final List<PathTemplate> paths;

  private Contract(JsonNode document) {
    this.document = document;
    this.bases = basesOf(document);
    this.operations = operationsOf(document);
    this.paths = operations.stream().map(Operation::path).distinct().map(PathTemplate::of).toList();
  }

  /** The one on the classpath. */
  static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
      return new Contract(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("openapi.yaml cannot be read", e);
    }
  }

  /** The longest first: {@code /elements/api-v2} would else be taken for an element. */
  private static List<String> basesOf(JsonNode document) {
    List<String> bases = new ArrayList<>();
    document.path("servers").forEach(server -> bases.add(base(server.path("url").asText())));
    bases.sort(Comparator.comparing(String::length).reversed());
    return List.copyOf(bases);
  }

  private static String base(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Most literal paths first, so that {@code /instances/events} is not taken for an id. */
  private static List<Operation> operationsOf(JsonNode document) {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
        if (METHODS.contains(verb.getKey())) {
          operations.add(operation(path.getKey(), verb.getKey(), verb.getValue()));
        }
      }
    }
    operations.sort(Comparator.comparing(operation -> PathTemplate.of(operation.path())));
    return List.copyOf(operations);
  }

  private static Operation operation(String path, String method, JsonNode operation) {
    JsonNode security = operation.get("security");
    return new Operation(
        operation.path("operationId").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        security != null && security.isEmpty(),
        operation.path("requestBody").path("content").has("*/*"));
  }

  /** As served at {@code /openapi.json}. */
  JsonNode document() {
    return document;
  }

  /** Without a slash at their end; the root is empty. */
  List<String> bases() {
    return bases;
  }

  List<Operation> operations() {
    return operations;
  }

  /**
   * Which path of the contract a request is for.
   *
   * @param path of the request, still percent-encoded
   */
  Optional<PathTemplate.Match> find(String path) {
    for (String base : bases) {
      if (path.startsWith(base + "/")) {
        Optional<PathTemplate.Match> match = findWithin(path.substring(base.length()));
        if (match.isPresent()) {
          return match;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<PathTemplate.Match> findWithin(String path) {
    return paths.stream()
        .map(template -> template.match(path))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Methods that a path of the contract answers. */
  Set<String> allowed(String template) {
    Set<String> allowed = new TreeSet<>(Set.of("OPTIONS"));
    for (Operation operation : operations) {
      if (operation.path().equals(template)) {
        allowed.add(operation.method());
        if (operation.method().equals("GET")) {
          allowed.add("HEAD");
        }
      }
    }
    return allowed;
  }
}
