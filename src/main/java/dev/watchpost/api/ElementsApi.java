package dev.watchpost.api;

import dev.watchpost.element.AuthenticationType;
import dev.watchpost.element.Catalogue;
import dev.watchpost.element.Element;
import dev.watchpost.element.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations of the tag elements, and the contract itself. */
final class ElementsApi {
  private final Catalogue catalogue;
  private final Contract contract;

  ElementsApi(Catalogue catalogue, Contract contract) {
    this.catalogue = catalogue;
    this.contract = contract;
  }

  public Reply listElements(Call call) {
    return Page.of(call).of(catalogue.all().stream().map(ElementsApi::shown).toList());
  }

  public Reply getElement(Call call) {
    return Reply.ok(shown(call.element(catalogue)));
  }

  public Reply getElementMetadata(Call call) {
    Element element = call.element(catalogue);
    Map<String, Object> metadata = shown(element);
    metadata.put("oauth", element.oauth());
    metadata.put("settings", element.settings().stream().map(ElementsApi::setting).toList());
    metadata.put("pollerConfiguration", element.pollerConfiguration());
    if (element.hubMapping() != null) {
      metadata.put("hubUrls", element.hubMapping().offers(element.hub()));
    }
    metadata.put("eventTypes", List.of("CREATED", "UPDATED", "DELETED"));
    return Reply.ok(metadata);
  }

  public Reply getOpenApi(Call call) {
    return Reply.ok(contract.document());
  }

  private static Map<String, Object> shown(Element element) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", element.number());
    shown.put("key", element.key());
    shown.put("name", element.name());
    shown.put("hub", element.hub());
    shown.put("description", element.description());
    shown.put("baseUrl", element.baseUrl());
    shown.put(
        "authentication",
        element.authentication().stream().map(AuthenticationType::text).sorted().toList());
    shown.put("resources", element.pollerConfiguration().keySet());
    shown.put("docs", "/docs/elements/" + element.key());
    shown.put("documentation", element.documentation());
    shown.put("unverified", element.unverified());
    return shown;
  }

  private static Map<String, Object> setting(Setting setting) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("key", setting.key());
    shown.put("description", setting.description());
    shown.put("required", setting.required());
    shown.put("secret", setting.secret());
    shown.put("defaultValue", setting.secret() ? null : setting.defaultValue());
    shown.put("example", setting.example());
    if (!setting.choices().isEmpty()) {
      shown.put("choices", setting.choices().keySet());
    }
    return shown;
  }
}
