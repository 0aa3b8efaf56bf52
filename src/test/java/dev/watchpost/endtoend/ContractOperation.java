package dev.watchpost.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * An operation of {@code /openapi.json}, its references resolved.
 *
 * @param method in upper case
 * @param path its template
 */
record ContractOperation(JsonNode contract, String method, String path, JsonNode said) {
  private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

  /** All of a contract. */
  static List<ContractOperation> of(JsonNode contract) {
    List<ContractOperation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
        if (VERBS.contains(verb.getKey())) {
          String method = verb.getKey().toUpperCase(Locale.ROOT);
          operations.add(new ContractOperation(contract, method, path.getKey(), verb.getValue()));
        }
      }
    }
    return operations;
  }

  String id() {
    return said.path("operationId").asText();
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isTextual() ? contract.at(reference.asText().substring(1)) : node;
  }

  /** Those that stand in {@code in}: path, query or header. */
  List<JsonNode> parameters(String in) {
    return StreamSupport.stream(said.path("parameters").spliterator(), false)
        .map(this::resolved)
        .filter(parameter -> parameter.path("in").asText().equals(in))
        .toList();
  }

  /** Missing where it takes no body. */
  JsonNode body() {
    return content(resolved(said.path("requestBody")));
  }

  /** What a status is answered with; missing where the contract does not name it. */
  JsonNode response(String status) {
    return resolved(said.path("responses").path(status));
  }

  /** The first media type of a body or response. */
  JsonNode content(JsonNode of) {
    JsonNode content = of.path("content");
    return content.has("application/json")
        ? content.path("application/json")
        : content.isEmpty() ? content : content.iterator().next();
  }

  /** Of a media type; missing where it has none. */
  JsonNode example(JsonNode mediaType) {
    if (mediaType.has("example")) {
      return mediaType.path("example");
    }
    JsonNode examples = mediaType.path("examples");
    return examples.isEmpty()
        ? resolved(mediaType.path("schema")).path("example")
        : resolved(examples.iterator().next()).path("value");
  }
}
