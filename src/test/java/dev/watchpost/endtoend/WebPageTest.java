package dev.watchpost.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the web page shows and does, as a person sees it. */
class WebPageTest extends WebStage {
  private static final int NARROW = 400;
  private static final int PAGE = 20;

  /** More deletes at once than a sweep takes for true. */
  private static final int HELD = 12;

  private static final String EVIL = "<img src=x onerror=\\\"document.title='taken'\\\">";
  private static final String EVIL_SHOWN = EVIL.replace("\\", "");

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
    assertThat(visitor.text("file")).isVisible();
    visitor.page.reload();
    assertThat(visitor.link("From a file")).isVisible();
    assertThat(visitor.requests()).noneMatch(url -> url.matches(".*\\b(me|us|nobody)\\b.*"));
    assertThat(visitor.page.evaluate("localStorage.length + document.cookie.length")).isEqualTo(0);
    visitor.button("Sign out").click();
    assertThat(visitor.field("User secret")).isVisible();
    assertThat(visitor.page.evaluate("sessionStorage.length")).isEqualTo(0);
  }

  @Test
  void broken_source_is_told_on_the_page_and_so_is_that_it_works_again() throws Exception {
    long id = create("Shop");
    broken = true;
    visitor.signIn().at("/instances/" + id);

    visitor.button("Poll now: customers").click();

    assertThat(visitor.page.getByRole(AriaRole.ALERT)).containsText("500");
    Locator resource = visitor.page.getByRole(AriaRole.ARTICLE);
    assertThat(resource).containsText("1 failure in a row");
    visitor.link("Dry run").last().click();
    visitor.button("Dry run").last().click();
    assertThat(resource).containsText("GET " + source.url() + "/customers?since=");
    assertThat(resource.getByRole(AriaRole.ALERT)).containsText("500");
    visitor.link("Polls").click();
    assertThat(visitor.text("FAILED").first()).isVisible();
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
  void records_that_cannot_be_read_are_told_where_no_poll_fails() throws Exception {
    create("Shop", "`url`:`/customers`,`idField`:`number`");
    visitor.signIn();
    Locator row =
        visitor.page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Shop"));
    assertThat(row).containsText("customers: 1 record in quarantine: it has no number");
  }

  @Test
  void texts_of_sources_and_users_are_never_html() throws Exception {
    long id = create(EVIL_SHOWN);
    source.put(EVIL, record(EVIL, EVIL));
    poll(id);
    visitor.signIn();
    assertThat(visitor.link(EVIL_SHOWN)).isVisible();
    visitor.at("/instances/" + id + "/events");
    visitor.button("Show CREATED " + EVIL_SHOWN).click();
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
    assertThat(visitor.text("disabled")).isVisible();
    visitor.button("Enable").click();
    assertThat(visitor.text("enabled")).isVisible();

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
