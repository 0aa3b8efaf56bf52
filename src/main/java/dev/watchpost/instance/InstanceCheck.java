package dev.watchpost.instance;

import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.CredentialsCheck;
import dev.watchpost.element.Element;
import dev.watchpost.oauth.OAuthCheck;
import dev.watchpost.resource.Nearest;
import dev.watchpost.resource.Report;
import dev.watchpost.resource.Resource;
import dev.watchpost.resource.ResourceParser;
import java.util.List;
import java.util.Map;

/** Whether an instance can work: its element, its settings, its resources. */
public final class InstanceCheck {
  private final Catalogue catalogue;
  private final InstanceRules rules;
  private final ResourceParser parser;

  public InstanceCheck(Catalogue catalogue, InstanceRules rules) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.parser = new ResourceParser(rules.minimumInterval());
  }

  /** Null where there is no such element, which is reported. */
  Element element(String keyOrNumber, Report report) {
    return catalogue
        .find(keyOrNumber)
        .orElseGet(
            () -> {
              List<String> known = catalogue.all().stream().map(Element::key).toList();
              report.problem(
                  "element",
                  "found '%s', which is not in the catalogue; %s"
                      .formatted(
                          Report.shown(keyOrNumber), Nearest.suggestion(keyOrNumber, known)));
              return null;
            });
  }

  public void check(
      Element element,
      Map<String, String> configuration,
      Map<String, String> providerData,
      Report report) {
    SettingsCheck.check(rules, element, configuration, report);
    if (CredentialsCheck.type(element, configuration) == AuthenticationType.OAUTH2) {
      OAuthCheck.check(
          element,
          configuration,
          providerData,
          (key, message) -> report.problem("configuration." + key, message));
    } else if (!providerData.getOrDefault("code", "").isBlank()) {
      report.warn(
          "providerData.code",
          "has no effect: the instance is not authenticated by OAuth2; set oauth.token.url, or"
              + " authentication.type to oauth2, to have it exchanged");
    }
    resources(element, configuration, report);
  }

  /** What it polls: where the source's webhooks come, only what its own configuration names. */
  public List<Resource> resources(
      Element element, Map<String, String> configuration, Report report) {
    return SettingsCheck.byWebhooks(element.withDefaults(configuration))
            && configuration.getOrDefault(ResourceParser.CONFIGURATION, "").isBlank()
            && configuration.getOrDefault(ResourceParser.URLS, "").isBlank()
        ? List.of()
        : parser.read(element, configuration, report);
  }
}
