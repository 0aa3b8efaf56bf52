package dev.watchpost.guide;

import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Element;
import dev.watchpost.element.ElementWebhooks;
import dev.watchpost.element.Setting;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the template of an element's page is filled with; names are those in the template. */
record ElementPage(
    String name,
    String key,
    long number,
    String hub,
    String description,
    String documentation,
    boolean unverified,
    List<String> authentication,
    List<ResourceRow> resources,
    List<String> setup,
    List<Way> ways,
    List<Parameter> parameters,
    String example,
    String exampleResource,
    String perMinute,
    Hooks webhooks,
    List<String> limits,
    Set<String> sources) {

  /** A way to authenticate, with the part of the body that is its own. */
  record Way(String title, String explanation, String account) {}

  /** What is said of webhooks; {@code challenge}, {@code mapping}: empty where there is none. */
  record Hooks(
      String signature,
      String secret,
      List<String> setup,
      String challenge,
      String mapping,
      boolean named) {
    static Hooks of(ElementWebhooks webhooks) {
      return webhooks == null
          ? null
          : new Hooks(
              webhooks.signature().text(),
              webhooks.secretSetting(),
              webhooks.setup().stream().map(Prose::html).toList(),
              webhooks.challenge() == null ? "" : webhooks.challenge().parameter(),
              webhooks.mapping() == null ? "" : webhooks.mapping().toString().strip(),
              webhooks.instance() != null);
    }
  }

  /** A setting; {@code label} holds what is special about it. */
  record Parameter(String key, String description, String label, String value) {}

  private static final Parameter BASE_URL =
      new Parameter("base.url", "Takes the place of the element's own base url", "optional", "");

  static ElementPage of(Element element) {
    List<AuthenticationWay> ways = AuthenticationWay.of(element);
    ExampleInstance example = new ExampleInstance(element, ways.get(0));
    List<ResourceRow> resources =
        element.pollerConfiguration().entrySet().stream()
            .map(r -> ResourceRow.of(r.getKey(), r.getValue(), element.guide().of(r.getKey())))
            .toList();
    return new ElementPage(
        element.name(),
        element.key(),
        element.number(),
        element.hub(),
        Prose.html(element.description()),
        element.documentation(),
        element.unverified(),
        element.authentication().stream().map(AuthenticationType::text).toList(),
        resources,
        element.guide().setup().stream().map(Prose::html).toList(),
        ways.stream().map(way -> way(element, way)).toList(),
        parameters(element, ways),
        Prose.json(ExampleInstance.text(example.body())),
        example.body().path("configuration").path("event.poller.configuration").fieldNames().next(),
        element.requestsPerMinute() == 0 ? "none" : "" + element.requestsPerMinute(),
        Hooks.of(element.webhooks()),
        element.guide().limits().stream().map(Prose::html).toList(),
        sources(element, resources));
  }

  private static Way way(Element element, AuthenticationWay way) {
    String account = ExampleInstance.text(new ExampleInstance(element, way).account());
    return new Way(way.title(), Prose.html(way.explanation()), Prose.json(account));
  }

  private static List<Parameter> parameters(Element element, List<AuthenticationWay> ways) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    element.settings().forEach(s -> parameters.put(s.key(), parameter(s, label(s))));
    for (AuthenticationWay way : ways) {
      for (Setting setting : way.settings()) {
        parameters.putIfAbsent(
            setting.key(), parameter(setting, "of " + way.type().text() + secret(setting)));
      }
    }
    parameters.putIfAbsent("base.url", BASE_URL);
    return List.copyOf(parameters.values());
  }

  private static Parameter parameter(Setting setting, String label) {
    String value =
        setting.defaultValue() != null
            ? "default " + setting.defaultValue()
            : setting.example() != null ? "such as " + setting.example() : "";
    boolean hidden = setting.secret() || AuthenticationWay.HIDDEN.equals(setting.example());
    return new Parameter(
        setting.key(), Prose.html(setting.description()), label, hidden ? "" : value);
  }

  private static String label(Setting setting) {
    return (setting.required() && setting.defaultValue() == null ? "required" : "optional")
        + secret(setting);
  }

  private static String secret(Setting setting) {
    return setting.secret() ? ", secret" : "";
  }

  private static Set<String> sources(Element element, List<ResourceRow> resources) {
    Set<String> sources = new LinkedHashSet<>();
    if (element.documentation() != null) {
      sources.add(element.documentation());
    }
    resources.stream().map(ResourceRow::source).filter(s -> s != null).forEach(sources::add);
    sources.addAll(element.guide().sources());
    if (element.webhooks() != null) {
      sources.addAll(element.webhooks().sources());
    }
    return sources;
  }

  public boolean hasResources() {
    return !resources.isEmpty();
  }

  public boolean hasSetup() {
    return !setup.isEmpty();
  }

  public boolean hasLimits() {
    return !limits.isEmpty();
  }

  public boolean hasSources() {
    return !sources.isEmpty();
  }

  /** Something on the page is confirmed by no source. */
  public boolean isDoubtful() {
    return unverified || resources.stream().anyMatch(ResourceRow::isUnverified);
  }
}
