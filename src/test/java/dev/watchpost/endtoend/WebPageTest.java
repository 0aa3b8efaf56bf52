package dev.watchpost.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.watchpost.Chromium;
import dev.watchpost.TestDatabase;
import dev.watchpost.TestWatchpost;
import dev.watchpost.callback.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web page as a person uses it, in Chromium, on a Watchpost that polls and delivers. */
class WebPageTest {
  private static final int NARROW = 400;
  private static final int PAGE = 20;

  /** More deletes at once than a sweep takes for true. */
  private static final int HELD = 12;

  private static final double PATIENCE_MILLIS = 15_000;
  private static final String EVIL = "<img src=x onerror=\\\"document.title='taken'\\\">";
  private static final String EVIL_SHOWN = EVIL.replace("\\", "");
  private static Chromium chromium;

  private static TestWatchpost watchpost;
  private static Api api;
  @TempDir private static Path routes;

  private final Receiver receiver = new Receiver();
  private volatile boolean broken;
  private final Source source =
      new Source(
          Clock.systemUTC(),
          (api, request) -> {
            if (broken) {
              request.response().setStatusCode(500).end("{\"error\":\"down for repairs\"}");
            } else {
              Source.list(request, api.records());
            }
          });
  private Visitor visitor;

  @BeforeAll
  static void open() throws Exception {
    chromium = Chromium.start();
    Files.writeString(routes.resolve("quiet.instance.yaml"), "{element: rest, name: From a file}");
    watchpost =
        new TestWatchpost(
                TestDatabase.H2.freshUrl(),
                Clock.systemUTC(),
                Map.of("watchpost.routes.directory", routes.toString()))
            .start();
    api = Api.of(watchpost.context(), watchpost.watchpost());
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
    if (watchpost != null) {
      watchpost.close();
    }
  }

  @BeforeEach
  void visit() {
    source.put("1", record("1", "Ada"));
    visitor = new Visitor(chromium, api.url(), Visitor.WIDE, ColorScheme.LIGHT);
  }

  @AfterEach
  void leave() throws Exception {
    visitor.close();
    for (JsonNode instance : api.get("/instances")) {
      if (!instance.has("file")) {
        api.call("DELETE", "/instances/" + instance.path("id"), null);
      }
    }
    source.close();
    receiver.close();
    assertThat(visitor.complaints()).isEmpty();
    assertThat(visitor.requests()).allMatch(url -> url.startsWith(api.url() + "/"));
  }

  private static String record(String id, String name) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return "{\"id\":\"%s\",\"name\":\"%s\",\"updated_at\":\"%s\",\"created_at\":\"%s\"}"
        .formatted(id, name, now, now);
  }

  private long create(String name) throws Exception {
    return create(
        name,
        "`url`:`/customers?since=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}`,`idField`:`id`,"
            + "`datesConfiguration`:{`updatedDateField`:`updated_at`,`createdDateField`:`created_at`}");
  }

  private long create(String name, String resource) throws Exception {
    String request =
        new WatchRequest(source.url(), receiver.url(), resource)
            .json()
            .put("name", name)
            .toString();
    long id = api.send("POST", "/instances", request).path("id").asLong();
    await().until(() -> polls(id) > 0);
    poll(id);
    return id;
  }

  private int polls(long id) throws Exception {
    return api.get("/instances/" + id + "/polls").size();
  }

  /** As soon as no other poll is under way: one is in the history before it has ended. */
  private void poll(long id) {
    await().until(() -> api.call("POST", "/instances/" + id + "/poll", "").statusCode() == 200);
  }

  @Test
  void refused_secrets_are_told_and_right_ones_stay_in_the_tab() throws Exception {
    visitor.signIn("me", "nobody");
    assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("were not accepted");
    assertThat(visitor.field("User secret")).isFocused();

    visitor.page.keyboard().press("Control+A");
    visitor.page.keyboard().type("me");
    visitor.page.keyboard().press("Tab");
    visitor.page.keyboard().press("Control+A");
    visitor.page.keyboard().type("us");
    visitor.page.keyboard().press("Enter");

    assertThat(visitor.link("From a file")).isVisible();
    assertThat(visitor.page.getByText("file", exact())).isVisible();
    visitor.page.reload();
    assertThat(visitor.link("From a file")).isVisible();
    assertThat(visitor.requests()).noneMatch(url -> url.matches(".*\\b(me|us|nobody)\\b.*"));
    assertThat(visitor.page.evaluate("localStorage.length + document.cookie.length")).isEqualTo(0);
    visitor.button("Sign out").click();
    assertThat(visitor.field("User secret")).isVisible();
    assertThat(visitor.page.evaluate("sessionStorage.length")).isEqualTo(0);
  }

  private static Page.GetByTextOptions exact() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Locator.GetByTextOptions whole() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void instance_made_on_the_form_sends_its_change_and_shows_the_delivery() throws Exception {
    visitor.signIn().at("/new");
    fillForm("/customers?since=${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    assertThat(visitor.field("The same as JSON"))
        .hasValue(Pattern.compile("\"updatedDateField\": \"updated_at\""));
    String json = visitor.field("The same as JSON").inputValue();
    visitor.field("The same as JSON").fill(json.replace("\"tags\": []", "\"tags\": [\"by hand\"]"));
    assertThat(visitor.field("Tags")).hasValue("by hand");

    visitor.button("Create and dry run").click();

    Locator report = visitor.page.getByRole(AriaRole.ARTICLE);
    assertThat(report).containsText("${gmtDate:yyyy-MM-dd'T'HH:mm:ss'Z'}");
    assertThat(report).containsText("GET " + source.url() + "/customers?since=20");
    assertThat(report).containsText("GMT");
    source.put("2", record("2", "Grace"));
    await().atMost(Duration.ofSeconds(15)).until(() -> !receiver.received().isEmpty());
    visitor.link("Events").click();
    visitor.button("Details of CREATED 2").click();
    assertThat(visitor.page.locator("pre")).containsText("\"name\": \"Grace\"");
    Locator attempt = visitor.page.locator("tr.detail table tbody tr");
    assertThat(attempt).containsText("200");
    int before = receiver.received().size();
    visitor.button("Redeliver").click();
    await().until(() -> receiver.received().size() > before);
    assertThat(receiver.received().get(before).headers().get("webhook-id"))
        .isEqualTo(receiver.received().get(0).headers().get("webhook-id"));
    visitor.button("Redeliver all of these").click();
    visitor.page.getByRole(AriaRole.DIALOG).getByText("Redeliver", whole()).last().click();
    await().until(() -> receiver.received().size() > before + 1);
    visitor.page.getByRole(AriaRole.COMBOBOX, named("Delivery")).selectOption("DEAD");
    assertThat(visitor.page.getByText("No event matches the filter.")).isVisible();
  }

  private void fillForm(String url) {
    visitor.field("Kind of API").selectOption("rest");
    visitor.field("base.url").fill(source.url());
    visitor.field("Minutes between polls").fill("0.02");
    visitor.field("Name of the first resource").fill("customers");
    visitor.button("Add resource").click();
    visitor.page.getByLabel("Url *").fill(url);
    visitor.field("Updated date field").fill("updated_at");
    visitor.field("Created date field").fill("created_at");
    visitor.field("Callback url").fill(receiver.url());
    visitor.button("Make up a key").click();
  }

  @Test
  void what_the_api_refuses_stands_at_its_field_and_nothing_is_stored() throws Exception {
    visitor.signIn().at("/new");
    fillForm("/customers?since=${date:MM/dd/yyy}");
    visitor.field("Callback url").fill("");

    visitor.button("Create").click();

    Locator url = visitor.page.getByLabel("Url *");
    assertThat(url).hasAttribute("aria-invalid", "true");
    assertThat(url).hasAccessibleDescription(Pattern.compile(".*MM/dd/yyyy.*"));
    assertThat(url).isFocused();
    assertThat(visitor.field("Callback url"))
        .hasAccessibleDescription(Pattern.compile("is missing.*"));
    assertThat(visitor.page.getByRole(AriaRole.ALERT))
        .containsText("configuration.event.poller.configuration.customers.url");
    assertThat(api.get("/instances")).hasSize(1);
    visitor.field("The same as JSON").fill("{");
    assertThat(visitor.page.getByText("The form shows the last JSON that could be read"))
        .isVisible();
  }

  @Test
  void broken_source_is_told_on_the_page_and_so_is_that_it_works_again() throws Exception {
    long id = create("Shop");
    broken = true;
    visitor.signIn().at("/instances/" + id);

    visitor.button("Poll customers now").click();

    assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("500");
    Locator resource = visitor.page.getByRole(AriaRole.ARTICLE);
    assertThat(resource).containsText("1 failure in a row");
    visitor.link("Dry run").last().click();
    visitor.button("Dry run").last().click();
    assertThat(resource).containsText("GET " + source.url() + "/customers?since=");
    assertThat(resource.getByRole(AriaRole.ALERT)).containsText("500");
    visitor.link("Polls").click();
    assertThat(visitor.page.getByText("FAILED", exact()).first()).isVisible();
    visitor.link("Instances").first().click();
    Locator row =
        visitor.page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Shop"));
    assertThat(row).containsText("failing");
    assertThat(row).containsText("500");
    broken = false;
    poll(id);
    assertThat(row).containsText("enabled");
  }

  @Test
  void texts_of_sources_and_users_are_never_html() throws Exception {
    long id = create(EVIL_SHOWN);
    source.put(EVIL, record(EVIL, EVIL));
    poll(id);
    visitor.signIn();
    assertThat(visitor.link(EVIL_SHOWN)).isVisible();
    visitor.at("/instances/" + id + "/events");
    visitor.button("Details of CREATED " + EVIL_SHOWN).click();
    assertThat(visitor.page.locator("pre")).containsText("onerror");
    visitor.at("/instances/" + id + "/dry-run");
    visitor.button("Dry run").last().click();
    visitor.page.getByText("First records read").click();
    assertThat(visitor.page.getByRole(AriaRole.ARTICLE)).containsText("onerror");
    visitor.at("/instances/" + id + "/configuration");
    assertThat(visitor.field("Name")).hasCount(1);

    assertThat(visitor.page.locator("main img")).hasCount(0);
    assertThat(visitor.page.title()).isEqualTo(EVIL_SHOWN + " - Watchpost");
  }

  @Test
  void instance_is_disabled_edited_reset_and_deleted_after_a_question() throws Exception {
    long id = create("Shop");
    visitor.signIn().at("/instances/" + id);
    visitor.button("Disable").click();
    assertThat(visitor.page.getByText("disabled", exact())).isVisible();
    visitor.button("Enable").click();
    assertThat(visitor.page.getByText("enabled", exact())).isVisible();

    visitor.button("Reset customers").click();
    visitor.button("Cancel").click();
    visitor.button("Reset customers").click();
    visitor.button("Reset").click();
    assertThat(visitor.page.getByText("customers is reset.")).isVisible();

    visitor.link("Configuration").click();
    visitor.page.getByLabel("Callback url").fill("nowhere");
    visitor.button("Save").click();
    assertThat(visitor.page.getByLabel("Callback url")).hasAttribute("aria-invalid", "true");
    visitor.page.getByLabel("Callback url").fill(receiver.url() + "&new");
    visitor.button("Save").click();
    assertThat(visitor.page.getByText("Saved.")).isVisible();
    assertThat(
            api.get("/instances/" + id)
                .path("configuration")
                .path("event.notification.callback.url")
                .asText())
        .endsWith("&new");

    visitor.button("Delete").click();
    visitor.button("Delete instance").click();
    assertThat(visitor.page.getByText("Shop is deleted.")).isVisible();
    assertThat(api.get("/instances")).hasSize(1);
  }

  @Test
  void held_deletes_are_told_and_released() throws Exception {
    for (int id = 2; id <= HELD + 1; id++) {
      source.put("" + id, record("" + id, "Joan"));
    }
    long id =
        create(
            "Shop", "`url`:`/customers`,`idField`:`id`,`deletes`:`sweep`,`sweepConfirmations`:1");
    for (int gone = 2; gone <= HELD + 1; gone++) {
      source.drop("" + gone);
    }
    poll(id);
    visitor.signIn().at("/instances/" + id);
    assertThat(visitor.page.getByText(HELD + " deletes are held back")).isVisible();

    visitor.button("Release deletes").click();

    assertThat(visitor.page.getByText("The held deletes of customers are entered.")).isVisible();
    visitor.at("/instances/" + id + "/events");
    assertThat(visitor.page.getByText(HELD + " events")).isVisible();
    assertThat(visitor.page.locator(".event.DELETED")).hasCount(HELD);
  }

  @Test
  void instances_are_searched_paged_and_refreshed_in_place() throws Exception {
    for (int i = 1; i <= PAGE; i++) {
      api.send(
          "POST",
          "/instances",
          """
          {"element": {"key": "rest"}, "name": "Shop %d", "tags": ["%s"],
           "configuration": {"base.url": "%s"}}
          """
              .formatted(i, i == 7 ? "lucky" : "other", source.url()));
    }
    visitor.signIn();
    assertThat(visitor.page.getByText("Page 1, 20 of 21")).isVisible();
    visitor.page.evaluate("document.querySelector('tbody tr').mine = true");
    visitor.page.waitForResponse(
        answer -> answer.url().contains("/event-poller-records"), () -> {});
    assertThat(visitor.page.evaluate("document.querySelector('tbody tr').mine")).isEqualTo(true);

    visitor.button("Next").click();
    assertThat(visitor.link("Shop 20")).isVisible();
    assertThat(visitor.link("Shop 1")).isHidden();
    visitor.field("Search").fill("shop 1");
    assertThat(visitor.link("Shop 1")).isVisible();
    assertThat(visitor.link("Shop 2")).isHidden();
    visitor.field("Search").fill("");
    visitor.field("Tag").fill("lucky");
    assertThat(visitor.link("Shop 7")).isVisible();
    assertThat(visitor.page.locator("tbody tr")).hasCount(1);
    visitor.field("Tag").fill("nobody's");
    visitor.button("Show all").click();
    assertThat(visitor.page.getByText("Page 1, 20 of 21")).isVisible();
  }

  @Test
  void person_consents_to_an_oauth_element_by_its_address_and_the_code_that_comes_back() {
    visitor.signIn().at("/new/github");
    visitor.field("Authentication").selectOption("oauth2");
    visitor.field("Client secret").fill("never in a url");
    visitor.button("1. Get the page's address").click();
    assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("apiKey");

    visitor.page.getByLabel("Client id").fill("client-1");
    visitor.page.getByLabel("Callback url *").fill("https://mycoolapp.com/back");
    visitor.button("1. Get the page's address").click();

    assertThat(visitor.link("2. Open github.com"))
        .hasAttribute("href", Pattern.compile("https://github\\.com/.*client_id=client-1.*"));
    visitor
        .page
        .getByLabel("3. Code, or the whole address")
        .fill("https://mycoolapp.com/back?state=github&code=a%20code");
    assertThat(visitor.field("The same as JSON")).hasValue(Pattern.compile("\"code\": \"a code\""));
    visitor.field("Authentication").selectOption("bearer");
    assertThat(visitor.field("The same as JSON"))
        .not()
        .hasValue(Pattern.compile("providerData|never in a url"));
  }

  @Test
  void every_view_fits_a_narrow_screen_has_labels_and_says_what_to_do_next() throws Exception {
    long id = create("Shop");
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Visitor narrow = new Visitor(chromium, api.url(), NARROW, colours)) {
        assertFits(narrow, "/");
        narrow.signIn();
        assertFits(narrow, "/");
        for (String tab : List.of("resources", "dry-run", "events", "polls", "configuration")) {
          narrow.at("/instances/" + id + "/" + tab);
          narrow.page.locator("section").waitFor();
          assertFits(narrow, tab);
        }
        narrow.at("/new/zendesk");
        narrow.button("Create").waitFor();
        assertFits(narrow, "new");
      }
    }
    visitor.signIn().at("/instances/" + id + "/events");
    assertThat(visitor.page.locator(".empty")).containsText("No change has been seen yet");
  }

  private static void assertFits(Visitor narrow, String view) {
    assertThat(narrow.page.evaluate("document.documentElement.scrollWidth"))
        .as("width of " + view)
        .isEqualTo(NARROW);
    assertThat(
            narrow.page.evaluate(
                "[...document.querySelectorAll('input, select, textarea')]"
                    + ".filter(e => !e.labels?.length && !e.ariaLabel).map(e => e.outerHTML)"))
        .as("fields without a label on " + view)
        .isEqualTo(List.of());
  }
}
