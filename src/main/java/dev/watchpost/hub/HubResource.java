package dev.watchpost.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How reads of one resource of a hub become requests of the provider.
 *
 * @param path from the base url; <code>{resource}</code> stands for the resource's name, <code>
 *     {resource.underscored}</code> for the same with {@code _} in the place of {@code -}
 * @param parameters always sent
 * @param where the terms that the provider understands
 * @param defaults settings of a polled resource that holds where it does not set them itself, such
 *     as {@code pagination}, {@code pageSize}, {@code recordsPath}
 */
record HubResource(
    String path,
    Map<String, String> parameters,
    List<HubTerm> where,
    Map<String, JsonNode> defaults) {

  private static final String PAGE_SIZE = "pageSize";

  /**
   * @throws InvalidHubQuery naming what the provider does not understand, and what it does
   */
  HubRequest request(HubQuery query) {
    Map<String, String> sent = new LinkedHashMap<>(parameters);
    boolean quoteLeftOpen = false;
    for (Map.Entry<String, String> parameter : query.parameters().entrySet()) {
      switch (parameter.getKey()) {
        case "where" -> quoteLeftOpen = addWhere(query, parameter.getValue(), sent);
        case PAGE_SIZE -> addPageSize(query, parameter.getValue(), sent);
        default -> throw refused(query, "parameter '%s'".formatted(parameter.getKey()));
      }
    }
    String name = query.resource();
    String filled =
        path.replace("{resource}", name).replace("{resource.underscored}", name.replace('-', '_'));
    return new HubRequest(filled, sent, quoteLeftOpen);
  }

  private boolean addWhere(HubQuery query, String text, Map<String, String> sent) {
    if (text.isBlank()) {
      return false;
    }
    Where.Parsed parsed = Where.parse(text);
    add(query, parsed.where(), sent);
    return parsed.quoteLeftOpen();
  }

  private void add(HubQuery query, Where part, Map<String, String> sent) {
    if (part instanceof Where.And and) {
      and.all().forEach(each -> add(query, each, sent));
    } else if (part instanceof Where.Or or) {
      throw refused(query, "where, position %d: 'or'".formatted(or.position()));
    } else if (part instanceof Where.Term term) {
      add(query, term, sent);
    }
  }

  private void add(HubQuery query, Where.Term term, Map<String, String> sent) {
    HubTerm known =
        where.stream()
            .filter(each -> each.matches(term))
            .findFirst()
            .orElseThrow(
                () -> refused(query, "where, position %d: '%s'".formatted(term.position(), term)));
    String before = sent.put(known.parameter(), known.valueOf(term));
    if (before != null && !parameters.containsKey(known.parameter())) {
      throw new InvalidHubQuery(
          "where, position %d: '%s' comes twice; write it once"
              .formatted(term.position(), known.field()));
    }
  }

  private void addPageSize(HubQuery query, String text, Map<String, String> sent) {
    String parameter =
        sizeParameter().orElseThrow(() -> refused(query, "parameter '%s'".formatted(PAGE_SIZE)));
    if (!text.matches("[1-9]\\d{0,6}")) {
      throw new InvalidHubQuery(
          "%s: found '%s'; write a whole number from 1".formatted(PAGE_SIZE, text));
    }
    sent.put(parameter, text);
  }

  /** {@link #defaults} for one url: a page size that it asks for is that of the poll. */
  Map<String, JsonNode> defaults(HubQuery query) {
    String size = query.parameters().get(PAGE_SIZE);
    if (size == null) {
      return defaults;
    }
    Map<String, JsonNode> settings = new LinkedHashMap<>(defaults);
    settings.put(PAGE_SIZE, TextNode.valueOf(size));
    return settings;
  }

  private Optional<String> sizeParameter() {
    JsonNode pagination = defaults.get("pagination");
    return Optional.ofNullable(pagination).map(node -> node.path("sizeParameter").asText(null));
  }

  private InvalidHubQuery refused(HubQuery query, String what) {
    String terms =
        where.isEmpty()
            ? "no where"
            : "where with %s, joined by 'and'"
                .formatted(where.stream().map(HubTerm::toString).collect(Collectors.joining(", ")));
    return new InvalidHubQuery(
        "%s cannot be asked of '%s'; it takes %s%s"
            .formatted(
                what,
                query.resource(),
                terms,
                sizeParameter().map(p -> ", and pageSize").orElse("")));
  }
}
