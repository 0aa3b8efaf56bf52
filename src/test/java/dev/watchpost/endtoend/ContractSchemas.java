package dev.watchpost.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;

/**
 * The schemas of a contract, closed: what an answer holds beside the properties they name is an
 * error too.
 */
final class ContractSchemas {
  private static final String BASE = "https://contract.invalid/openapi.json";

  private final ObjectNode contract;
  private SchemaRegistry registry;

  ContractSchemas(JsonNode contract) {
    this.contract = contract.deepCopy();
    close(this.contract.path("components").path("schemas"));
    // of several that all must hold each would refuse the others' properties
    for (String part : List.of("Element", "ElementMetadata")) {
      open(this.contract.path("components").path("schemas").path(part));
    }
    for (ContractOperation operation : ContractOperation.of(contract)) {
      for (Map.Entry<String, JsonNode> status : operation.said().path("responses").properties()) {
        JsonNode schema = operation.content(operation.response(status.getKey())).path("schema");
        if (!schema.isMissingNode()) {
          schemas().set(operation.id() + status.getKey(), schema);
        }
      }
    }
    registry =
        SchemaRegistry.withDialect(
            Dialects.getOpenApi30(),
            builder -> builder.schemas(Map.of(BASE, this.contract.toString())));
  }

  private ObjectNode schemas() {
    return (ObjectNode) contract.path("components").path("schemas");
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && object.path("type").asText().equals("object")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(ContractSchemas::close);
  }

  private static void open(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("additionalProperties").isBoolean()
        && !object.path("additionalProperties").asBoolean()) {
      object.remove("additionalProperties");
    }
    node.path("allOf").forEach(ContractSchemas::open);
  }

  /** What is wrong with an answer; empty: nothing. */
  List<String> problems(ContractOperation operation, String status, JsonNode answer) {
    Schema schema =
        registry.getSchema(
            SchemaLocation.of(BASE + "#/components/schemas/" + operation.id() + status));
    return schema.validate(answer).stream().map(Error::toString).toList();
  }
}
