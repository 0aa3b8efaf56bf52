package dev.watchpost.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.element.Catalogue;
import dev.watchpost.resource.Report;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointUriTest {
  private static final String KAFKA =
      "kafka:changes?brokers=h:9092&saslJaasConfig=RAW(module required password=\"a&b\";)&sslKeyPassword=hidden&acks=all";

  @ParameterizedTest
  @ValueSource(
      strings = {"http://h/", "HTTPS://h/", "", "/path", "www.example.com/hook", "mycoolapp"})
  void web_addresses_and_paths_are_none(String callback) {
    assertThat(EndpointUri.of(callback)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kafka:{{watchpost.secrets.key}};properties are not resolved",
        "kafka:x?brokers={{?env:PASSWORD}};properties are not resolved",
        "kafka:x?brokers=%7B%7Benv:PASSWORD%7D%7D;properties are not resolved",
        "kafka:x?brokers=%257B%257Benv:PASSWORD%257D%257D;properties are not resolved",
        "kafka:x?brokers=RAW({{env:PASSWORD}});properties are not resolved",
        "file:out?fileName=${properties:watchpost.secrets.key};expressions are not evaluated",
        "file:out?fileName=$simple{env:PASSWORD};expressions are not evaluated",
        "file:out?fileName=%24%7Benv:PASSWORD%7D;expressions are not evaluated",
        "kafka:x?kafkaClientFactory=#class:evil.Factory;option 'kafkaClientFactory' refers to an object",
        "kafka:x?kafkaClientFactory=%23bean:watchpostDelivery;refers to an object",
        "kafka:x?kafkaClientFactory=RAW(#bean:x);refers to an object",
        "direct:watchpost-source;a route of Watchpost's own",
        "seda://watchpost-wake?size=1;a route of Watchpost's own",
        "direct:watch%70ost-source;a route of Watchpost's own",
        "sftp:me:hidden@host/folder;carries a password",
        "ftp://me:hidden@host/folder;carries a password",
        "kafka:%25252525252525253Ax;many times over",
      })
  void what_camel_would_look_up_or_evaluate_for_a_tenant_is_refused(String uri, String reason) {
    assertThat(EndpointUri.of(uri).orElseThrow().problem())
        .contains(reason)
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka:changes",
        "kafka:watchpost-events?brokers=a:9092,b:9092",
        "jms:queue:a@b",
        "file:/var/spool/out?tempPrefix=.part",
        "direct:changes",
        "kafka:x?saslJaasConfig=RAW(a b=\"100%#{x}\";)"
      })
  void plain_endpoints_are_not(String uri) {
    assertThat(EndpointUri.of(uri).orElseThrow().problem()).isNull();
  }

  @Test
  void secrets_of_an_endpoint_are_masked_and_the_rest_is_shown() {
    assertThat(shown(KAFKA))
        .isEqualTo(
            "kafka:changes?brokers=h:9092&saslJaasConfig=********&sslKeyPassword=********&acks=all");
    assertThat(shown("jms:q?pass%77ord=hidden")).isEqualTo("jms:q?pass%77ord=********");
    assertThat(shown("kafka:x?additionalProperties.sasl.jaas.config=hidden"))
        .doesNotContain("hidden");
    assertThat(EndpointUri.of(KAFKA).orElseThrow()).hasToString(shown(KAFKA));
  }

  private static String shown(String callback) {
    return Masking.setting(
        Catalogue.builtIn().find("rest").orElseThrow(), SettingsCheck.CALLBACK, callback);
  }

  @Test
  void masked_secrets_that_come_back_are_unchanged() {
    Report report = new Report();
    String sent = shown(KAFKA).replace("kafka:changes", "kafka:others");

    assertThat(unmasked(sent, KAFKA, report))
        .isEqualTo(KAFKA.replace("kafka:changes", "kafka:others"));
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void mask_that_stands_for_nothing_is_refused() {
    Report report = new Report();

    unmasked("kafka:x?sslKeyPassword=********", "https://h/", report);

    assertThat(report.problems())
        .singleElement()
        .asString()
        .startsWith("configuration.event.notification.callback.url: found '********'");
  }

  private static String unmasked(String sent, String stored, Report report) {
    return Unmasking.unmask(
            "configuration",
            Map.of(SettingsCheck.CALLBACK, sent),
            Map.of(SettingsCheck.CALLBACK, stored),
            report)
        .get(SettingsCheck.CALLBACK);
  }

  @Test
  void errors_are_told_without_the_secrets_in_any_form() {
    EndpointUri endpoint = EndpointUri.of("jms:q?password=RAW(pa%20ss)&username=u").orElseThrow();

    assertThat(
            endpoint.hidden(
                "no RAW(pa%20ss), pa%20ss, RAW(pa ss) at jms:q?password=RAW(pa%20ss)&username=u"))
        .doesNotContain("pa%20ss")
        .doesNotContain("pa ss")
        .contains("jms:q?password=********&username=********");
  }
}
