package dev.watchpost.endtoend;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.watchpost.Chromium;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Someone on the web page. What the browser complains of, and where it goes, is noted. */
final class Visitor implements AutoCloseable {
  static final int WIDE = 1280;
  private static final double PATIENCE_MILLIS = 10_000;

  final Page page;
  private final BrowserContext context;
  private final String url;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  Visitor(Chromium chromium, String url, int width, ColorScheme colours) {
    this.url = url;
    this.context = chromium.visitor(width, colours);
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          // a refusal of the API is shown on the page, and Chromium notes it here too
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.onDialog(
        dialog -> {
          complaints.add("dialog " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(url);
  }

  Visitor signIn(String user, String organization) {
    page.getByLabel("User secret").fill(user);
    page.getByLabel("Organization secret").fill(organization);
    button("Sign in").click();
    return this;
  }

  /** As whom the API of these tests knows. */
  Visitor signIn() {
    signIn("me", "us");
    page.getByRole(AriaRole.NAVIGATION).first().waitFor();
    return this;
  }

  /** To a view, such as {@code /instances/1/events}. */
  Visitor at(String view) {
    page.navigate(url + "/#" + view);
    return this;
  }

  Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, exactly(name));
  }

  Locator link(String name) {
    return page.getByRole(AriaRole.LINK, exactly(name));
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  /** What shows this text and no more. */
  Locator text(String text) {
    return page.getByText(text, new Page.GetByTextOptions().setExact(true));
  }

  Locator choice(String label) {
    return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label));
  }

  Locator field(String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).first();
  }

  /** Errors of the page's scripts, and what its Content-Security-Policy has stopped. */
  List<String> complaints() {
    return complaints;
  }

  /** Urls it has asked for. */
  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    context.close();
  }
}
