package dev.watchpost.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form on which instances are made. */
class WebFormTest extends WebStage {
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
    visitor.button("Show CREATED 2").click();
    assertThat(visitor.page.locator("pre")).containsText("\"name\": \"Grace\"");
    Locator attempt = visitor.page.locator("tr.detail table tbody tr");
    assertThat(attempt).containsText("200");
    int before = receiver.received().size();
    visitor.button("Redeliver").click();
    await().until(() -> receiver.received().size() > before);
    assertThat(receiver.received().get(before).headers().get("webhook-id"))
        .isEqualTo(receiver.received().get(0).headers().get("webhook-id"));
    visitor.button("Redeliver all of these").click();
    visitor.button("Redeliver").last().click();
    await().until(() -> receiver.received().size() > before + 1);
    visitor.choice("Delivery").selectOption("DEAD");
    assertThat(visitor.page.getByText("No event matches the filter.")).isVisible();
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
}
