package dev.watchpost.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.instance.EndpointUri;
import java.io.IOException;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of an endpoint when its instance is created. */
final class CamelEndpointsTest {
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final CamelEndpoints endpoints =
      new CamelEndpoints(camel, Set.of("kafka", "amqp", "file", "direct"));

  @AfterEach
  void stop() throws IOException {
    camel.close();
  }

  @Test
  void endpoints_of_components_that_are_there_are_fine_and_nothing_is_started() {
    assertThat(problem("kafka:changes?brokers=127.0.0.1:1")).isNull();
    assertThat(problem("file:out?fileExist=Append")).isNull();
    assertThat(problem("direct:changes")).isNull();
    assertThat(camel.getEndpoints()).isEmpty();
  }

  @Test
  void scheme_that_the_operator_does_not_list_is_named() {
    assertThat(problem("sql:delete?password=hidden"))
        .isEqualTo(
            "found 'sql:delete?password=********', whose scheme is not in watchpost.callback.schemes");
  }

  @Test
  void component_that_is_not_on_the_classpath_is_named_with_what_to_add() {
    assertThat(problem("amqp:queue:changes"))
        .isEqualTo(
            "found 'amqp:queue:changes', and there is no component 'amqp' on the classpath; add camel-amqp to lib/");
  }

  @Test
  void option_that_there_is_not_is_named_without_its_value() {
    assertThat(problem("kafka:changes?brokers=h:1&saslJassConfig=hidden"))
        .isEqualTo("has an option 'saslJassConfig', which component 'kafka' does not know");
  }

  @Test
  void value_that_an_option_cannot_take_is_told() {
    assertThat(problem("kafka:changes?maxBlockMs=soon"))
        .contains("which Camel cannot use")
        .contains("soon");
  }

  private String problem(String uri) {
    return endpoints.problem(EndpointUri.of(uri).orElseThrow());
  }
}
