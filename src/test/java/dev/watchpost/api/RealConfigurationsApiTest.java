package dev.watchpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Real configurations, posted as their users would. */
class RealConfigurationsApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void each_is_accepted_or_refused_as_it_was_judged() throws Exception {
    JsonNode entries = read(JSON, "/poller-configurations.json");
    JsonNode verdicts = read(new YAMLMapper(), "/poller-configurations.verdicts.yaml");
    try (ApiServer server = new ApiServer()) {
      for (int i = 0; i < entries.size(); i++) {
        HttpResponse<String> answer =
            server.call("POST", "/elements/rest/instances", body(entries.get(i), verdicts.get(i)));
        check(verdicts.get(i), answer);
      }
    }
  }

  private static JsonNode read(ObjectMapper mapper, String name) throws IOException {
    try (InputStream in = RealConfigurationsApiTest.class.getResourceAsStream(name)) {
      return mapper.readTree(in);
    }
  }

  /** As in RealConfigurationsTest: whole bodies are posted as they are. */
  private static String body(JsonNode entry, JsonNode verdict) {
    JsonNode given = entry.path("configuration");
    String form = entry.path("form").asText();
    if (form.startsWith("standalone") && given.isTextual()) {
      return given.asText();
    }
    if (form.startsWith("standalone") && given.has("configuration")) {
      return ((ObjectNode) given).put("element", "rest").toString();
    }
    ObjectNode configuration = JSON.createObjectNode().put("base.url", "https://api.example.com");
    configuration.setAll((ObjectNode) verdict.path("settings"));
    boolean legacy = form.startsWith("event.poller.urls");
    configuration.set(legacy ? "event.poller.urls" : "event.poller.configuration", given);
    return JSON.createObjectNode().set("configuration", configuration).toString();
  }

  private static void check(JsonNode verdict, HttpResponse<String> answer) throws IOException {
    String which = "entry %d: %s".formatted(verdict.path("entry").asInt(), answer.body());
    JsonNode said = JSON.readTree(answer.body());
    switch (verdict.path("verdict").asText()) {
      case "broken" -> {
        assertThat(answer.statusCode()).as(which).isEqualTo(400);
        assertThat(said.path("errors")).as(which).hasSameSizeAs(verdict.path("problems"));
        assertThat(said.path("message").asText()).as(which).isNotBlank();
      }
      case "suspicious" -> {
        assertThat(answer.statusCode()).as(which).isEqualTo(200);
        assertThat(said.path("warnings")).as(which).hasSameSizeAs(verdict.path("warnings"));
      }
      default -> {
        assertThat(answer.statusCode()).as(which).isEqualTo(200);
        assertThat(said.path("warnings")).as(which).isEmpty();
      }
    }
  }
}
