package dev.watchpost.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.resource.Problem;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.ResourceParser;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

  private static Report check(Map<String, String> settings) {
    Report report = new Report();
    SettingsCheck.check(InstanceRules.standard(), Bodies.REST, settings, report);
    return report;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "event.notification.enabled;yes;true or false",
        "event.notification.callback.url;/here;http, https",
        "event.notification.callback.url;kafka:events;http, https",
        "event.notification.callback.url;mycoolapp.com/hook;such as https://mycoolapp.com/hook",
        "event.notification.callback.url;<INSERT_CALLBACK_URL>;http, https",
        "event.poller.refresh_interval;<minutes>;such as 15 or 0.5",
        "event.notification.callback.url;http://;names no host",
        "event.notification.callback.url;https://u:hidden@h/;carries a user",
        "event.notification.signature.key;' ';is empty",
        "event.notification.batch.size;0;1 to 500",
        "event.notification.batch.size;501;1 to 500",
        "event.notification.batch.size;many;1 to 500",
        "event.notification.format;xml;cloudevents, elements",
        "event.vendor.type;carrier pigeon;polling, webhook, webhooks",
        "event.poller.refresh_interval;0;more than 0",
        "event.poller.refresh_interval;-5;more than 0",
        "event.poller.refresh_interval;0.001;1.0 s",
        "event.poller.requests_per_minute;0;from 1 to 999999",
        "event.poller.requests_per_minute;1.5;from 1 to 999999",
        "event.poller.requests_per_minute;60/min;from 1 to 999999",
        "event.notification.callback.headers;[1];JSON object",
        "event.notification.callback.headers;{;not valid JSON",
        "base.url;api.example.com;http:// or https://",
        "base.url;https://h/{tenant};placeholders",
        "authentication.type;oauth;none, basic, bearer, apiKey",
        "authentication.in;body;header or query",
      })
  void what_cannot_work_is_an_error_at_its_key(String key, String value, String message) {
    Report report = check(Map.of(key, value));

    assertThat(report.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("configuration." + key);
              assertThat(problem.message()).contains(message).doesNotContain("hidden");
            });
  }

  @Test
  void enabled_without_a_callback_is_refused() {
    assertThat(check(Map.of(SettingsCheck.ENABLED, "TRUE")).problems())
        .extracting(Problem::path)
        .containsExactly("configuration.event.notification.callback.url");
  }

  @Test
  void callback_of_another_scheme_needs_the_operators_leave() {
    Report report = new Report();
    SettingsCheck.check(
        new InstanceRules(
            InstanceRules.standard().minimumInterval(),
            Set.of("https", "kafka"),
            EndpointUri::problem),
        Bodies.REST,
        Map.of(SettingsCheck.CALLBACK, "kafka:events"),
        report);

    assertThat(report.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Event.Notification.Enabled, event.notification.enabled",
    "event_poller_configuration, event.poller.configuration",
    "baseUrl, base.url",
    "event.poller.refreshInterval, event.poller.refresh_interval",
    "event.notification.callbackUrl, event.notification.callback.url",
    "authentication.user, authentication.username"
  })
  void setting_spelt_otherwise_is_a_warning(String key, String meant) {
    assertThat(check(Map.of(key, "15")).warnings())
        .singleElement()
        .satisfies(w -> assertThat(w.path()).isEqualTo("configuration." + key))
        .satisfies(w -> assertThat(w.message()).endsWith("did you mean '" + meant + "'?"));
  }

  @Test
  void resource_among_the_settings_is_an_error() {
    String resource = "{\"idField\":\"id\",\"url\":\"/accounts\"}";

    assertThat(check(Map.of("accounts", resource)).problems())
        .singleElement()
        .hasToString(
            "configuration.accounts: is a resource; move it into"
                + " configuration.event.poller.configuration");
  }

  @Test
  void unknown_event_settings_are_a_warning_and_other_ones_are_not() {
    Report report = check(Map.of("event.notification.enable", "true", "country", "US"));

    assertThat(report.problems()).isEmpty();
    assertThat(report.warnings())
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains("event.notification.enabled"));
  }

  @Test
  void instance_without_credentials_is_refused_where_its_element_takes_some() {
    Report report = new Report();
    Element zendesk = Catalogue.builtIn().find("zendesk").orElseThrow();
    Map<String, String> settings = Map.of("subdomain", "acme");
    SettingsCheck.check(InstanceRules.standard(), zendesk, settings, report);

    assertThat(report.problems())
        .anySatisfy(p -> assertThat(p.message()).contains("no credentials", "takes basic, bearer"));
  }

  @Test
  void no_credentials_that_someone_asked_for_are_a_warning() {
    Report report = new Report();
    Element zendesk = Catalogue.builtIn().find("zendesk").orElseThrow();
    Map<String, String> settings = Map.of("authentication.type", "none");
    SettingsCheck.check(InstanceRules.standard(), zendesk, settings, report);

    assertThat(report.warnings())
        .anySatisfy(w -> assertThat(w.message()).contains("its requests go without credentials"));
  }

  @Test
  void name_of_a_header_beside_a_token_is_a_warning() {
    Report report =
        check(Map.of("authentication.name", "X-Key", "authentication.token", "a-token"));

    assertThat(report.warnings())
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains("has no effect", "use apiKey"));
  }

  @Test
  void unknown_oauth_setting_is_a_warning() {
    Report report = check(Map.of("oauth.api.scope", "read"));

    assertThat(report.warnings())
        .singleElement()
        .satisfies(w -> assertThat(w.message()).contains("has no effect", "oauth.scope"));
  }

  @Test
  void key_that_is_there_twice_is_refused() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> InstanceRequest.json("{\"name\":\"a\",\n\"name\":\"b\"}")))
        .isInstanceOf(InvalidInstance.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("Duplicate field 'name'");
    Map<String, String> twice =
        Map.of(ResourceParser.CONFIGURATION, "{\"a\":{\"url\":\"/a\"},\"a\":{}}");
    assertThat(
            new ResourceParser(InstanceRules.standard().minimumInterval())
                .parse(Bodies.REST, twice)
                .problems())
        .extracting(Problem::path)
        .containsExactly("configuration.event.poller.configuration");
  }

  @ParameterizedTest
  @CsvSource({
    "oauth.api.key,true",
    "oauth.api.secret,true",
    "apim.subscription.key,true",
    "event.notification.signature.key,true",
    "event.notification.basic.password,true",
    "event.notification.basic.username,false",
    "authentication.token,true",
    "authentication.key,true",
    "authentication.name,false",
    "privateKey,true",
    "client_secret,true",
    "oauth.token.url,false",
    "base.url,false",
    "country,false",
    "event.poller.refresh_interval,false",
    "pagination.parameter,false",
  })
  void settings_are_secret_by_their_name(String key, boolean secret) {
    assertThat(Masking.setting(Bodies.REST, key, "v")).isEqualTo(secret ? Masking.MASK : "v");
  }
}
