package dev.watchpost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void instance_connects_the_api_to_the_receiver() throws Exception {
    try (Demo demo = Demo.start(new PrintStream(printed, true, StandardCharsets.UTF_8))) {
      JsonNode settings = new ObjectMapper().readTree(demo.instanceRequest()).get("configuration");
      assertThat(settings.get("base.url").asText()).isEqualTo(demo.apiUrl());
      assertThat(settings.get("event.notification.callback.url").asText())
          .isEqualTo(demo.callbackUrl());
      assertThat(settings.get("event.notification.signature.key").asText())
          .isEqualTo(demo.signatureKey());
      assertThat(settings.at("/event.poller.configuration/customers/url").asText())
          .isEqualTo("/customers?updated_since=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }
  }

  @Test
  void explanation_says_what_to_try_next() throws Exception {
    try (Demo demo = Demo.start(new PrintStream(printed, true, StandardCharsets.UTF_8))) {
      demo.explain("http://127.0.0.1:8080", "u1", "o1", 7);
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("curl -X POST " + demo.apiUrl() + "/customers")
          .contains(
              "'Authorization: User u1, Organization o1' http://127.0.0.1:8080/instances/7/events");
    }
  }
}
