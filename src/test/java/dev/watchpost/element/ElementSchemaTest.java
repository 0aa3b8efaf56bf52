package dev.watchpost.element;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ElementSchemaTest {

  @Test
  void it_is_a_schema_of_draft_2020_12() {
    Schema draft =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(draft.validate(ElementSchema.document())).isEmpty();
  }

  /** They are not checked at run time. */
  @Test
  void every_built_in_element_fits_it() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/elements"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        Element read = ElementReader.read(Files.readString(file));

        assertThat(Catalogue.builtIn().find(read.key())).contains(read);
      }
    }
  }

  @Test
  void every_field_has_a_fix_for_the_message_that_refuses_it() {
    List<String> without = new ArrayList<>();
    collect("", ElementSchema.document(), without);

    assertThat(without).isEmpty();
  }

  /** A schema says what to write by its description, its values, or that of another one. */
  private static void collect(String path, JsonNode schema, List<String> without) {
    if (!schema.has("description") && !schema.has("enum") && !schema.has("$ref")) {
      without.add(path);
    }
    for (String within : List.of("properties", "$defs")) {
      for (Map.Entry<String, JsonNode> field : schema.path(within).properties()) {
        collect(path + "/" + field.getKey(), field.getValue(), without);
      }
    }
    for (String within : List.of("items", "additionalProperties")) {
      if (schema.path(within).isObject()) {
        collect(path + "/" + within, schema.get(within), without);
      }
    }
  }
}
