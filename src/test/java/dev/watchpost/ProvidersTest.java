package dev.watchpost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.outbox.EventFilter;
import dev.watchpost.poll.PollReport;
import dev.watchpost.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The built-in elements' own poller configurations, polled from servers that answer as the
 * providers' documentation says they do.
 */
class ProvidersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant EARLIER = Instant.parse("2026-02-01T08:30:00Z");

  private static final SettableClock CLOCK = new SettableClock(NOON);
  private static final Map<String, Provider> PROVIDERS = new HashMap<>();
  private static final Map<String, Long> INSTANCES = new HashMap<>();
  private static final Set<String> KNOWN = new HashSet<>();
  private static TestWatchpost running;

  @BeforeAll
  static void start() throws Exception {
    String database = TestDatabase.H2.freshUrl();
    for (String resource : Provider.resources()) {
      Provider provider = Provider.of(resource, CLOCK);
      PROVIDERS.put(resource, provider);
      INSTANCES.put(
          resource, TestWatchpost.watched(database, CLOCK, request(resource, provider)).id());
    }
    running = new TestWatchpost(database, CLOCK, Map.of()).start();
  }

  @AfterAll
  static void stop() {
    running.close();
    PROVIDERS.values().forEach(Provider::close);
  }

  /** An instance that has what its element requires, and polls one of its resources. */
  private static ObjectNode request(String resource, Provider provider) {
    String[] names = resource.split("/");
    Element element = Catalogue.builtIn().find(names[0]).orElseThrow();
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", element.key());
    ObjectNode settings = request.putObject("configuration");
    element.settings().stream()
        .filter(setting -> setting.example() != null)
        .forEach(setting -> settings.put(setting.key(), setting.example()));
    settings.put("base.url", provider.url());
    authenticate(element, settings);
    settings.put("event.notification.enabled", true);
    settings.put("event.notification.callback.url", provider.url() + "/callback");
    settings
        .putObject("event.poller.configuration")
        .set(names[1], element.pollerConfiguration().get(names[1]));
    return request;
  }

  private static void authenticate(Element element, ObjectNode settings) {
    if (element.authentication().contains(AuthenticationType.BEARER)) {
      settings.put("authentication.token", "t");
    } else if (element.authentication().contains(AuthenticationType.API_KEY)) {
      settings.put("authentication.key", "k");
    } else {
      settings.put("authentication.username", "u");
    }
  }

  /** Polls, and tells what events came. */
  private static List<String> polled(String resource) {
    long instance = INSTANCES.get(resource);
    PollReport report =
        running.watchpost().polls().pollNow(instance, resource.split("/")[1], false).get(0);
    assertThat(report.error()).isNull();
    assertThat(report.quarantined()).isZero();
    return running.watchpost().outbox().events(EventFilter.of(instance), 1_000, 0).stream()
        .filter(event -> KNOWN.add(event.event().eventId()))
        .map(event -> event.event().type() + " " + event.event().objectId())
        .toList();
  }

  /**
   * Record 1 is older than the instance and changes, 2 to 4 are created, 2 is deleted.
   *
   * @param id of a record, by its number
   * @param hours until the deletion is known; -1: it never is
   */
  @ParameterizedTest
  @CsvSource({
    "salesforce/accounts, 001%d, 0",
    "hubspot/contacts, %d, 0",
    "stripe/customers, cus_%d, 1",
    "github/issues, %d, -1",
    "gitlab/issues, %d, -1",
    "zendesk/tickets, %d, 0",
    "zendesk/organizations, %d, 1",
    "shopify/products, %d, 0",
    "quickbooks/customers, %d, 0",
    "jira/issues, %d, -1",
    "servicenow/incidents, sys%d, 0",
    "dynamics/accounts, acc%d, 50",
    "wordpress/posts, %d, 50",
    "redmine/issues, %d, 50",
  })
  void what_changes_at_the_provider_is_told(String resource, String id, int hours) {
    Provider provider = PROVIDERS.get(resource);
    provider.put(1, EARLIER);
    assertThat(polled(resource)).isEmpty();

    CLOCK.advance(Duration.ofMinutes(5));
    for (int number = 1; number <= 4; number++) {
      provider.put(number, CLOCK.instant());
    }
    CLOCK.advance(Duration.ofMinutes(2));
    assertThat(polled(resource))
        .containsExactlyInAnyOrder(
            "UPDATED " + id.formatted(1),
            "CREATED " + id.formatted(2),
            "CREATED " + id.formatted(3),
            "CREATED " + id.formatted(4));

    provider.delete(2);
    CLOCK.advance(Duration.ofMinutes(2));
    List<String> later = new ArrayList<>(polled(resource));
    assertThat(later).hasSize(hours == 0 ? 1 : 0);
    for (int half = 0; half < 2 && hours > 0; half++) {
      CLOCK.advance(Duration.ofHours(hours).dividedBy(2));
      later.addAll(polled(resource));
    }
    assertThat(later).isEqualTo(hours < 0 ? List.of() : List.of("DELETED " + id.formatted(2)));
    CLOCK.advance(Duration.ofMinutes(15));
    assertThat(polled(resource)).isEmpty();
  }

  @Test
  void each_recent_change_of_a_wiki_is_told_once() {
    Provider wiki = PROVIDERS.get("mediawiki/recent-changes");
    wiki.put(1, EARLIER);
    assertThat(polled("mediawiki/recent-changes")).isEmpty();
    for (int number = 2; number <= 6; number++) {
      wiki.put(number, CLOCK.instant());
    }
    CLOCK.advance(Duration.ofMinutes(1));

    assertThat(polled("mediawiki/recent-changes"))
        .containsExactlyInAnyOrder("CREATED 2", "CREATED 3", "CREATED 4", "CREATED 5", "CREATED 6");
    CLOCK.advance(Duration.ofMinutes(1));
    assertThat(polled("mediawiki/recent-changes")).isEmpty();
  }
}
