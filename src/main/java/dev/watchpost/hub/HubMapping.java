package dev.watchpost.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an element maps urls of hubs to its provider's requests. Immutable.
 *
 * @see #read
 */
public final class HubMapping {
  private final boolean asWritten;
  private final HubResource anyResource;
  private final Map<String, HubResource> resources;

  HubMapping(boolean asWritten, HubResource anyResource, Map<String, HubResource> resources) {
    this.asWritten = asWritten;
    this.anyResource = anyResource;
    this.resources = Map.copyOf(resources);
  }

  /**
   * The block {@code hubMapping} of an element file: {@code asWritten} where the provider itself
   * serves urls of hubs, else
   *
   * <pre>
   * hubMapping:
   *   path: /v3/{resource.underscored}   # of resources that are not named below; left out: none
   *   parameters: {active: true}         # always sent
   *   where:                             # which terms become which query parameter
   *     - {field: lastModifiedDate, operators: ["&gt;="], parameter: since, value: "${epoch:s}"}
   *   defaults: {pageSize: 200}          # settings of polled resources that do not set them
   *   resources:                         # each: the same keys, in the place of those above
   *     customers: {path: /v3/contacts, parameters: {type: CUSTOMER}}
   * </pre>
   *
   * {@code operators} is {@code =} where it is left out, {@code value} <code>{value}</code>.
   *
   * @return null where there is no such block
   * @throws IllegalArgumentException with what is wrong
   */
  public static HubMapping read(JsonNode block) {
    return block.isMissingNode() || block.isNull() ? null : HubMappingReader.read(block);
  }

  /**
   * What can be asked, for people.
   *
   * @param url such as {@code /hubs/finance/customers}; <code>{resource}</code> stands for any
   *     other
   * @param where the terms it takes, {@code lastModifiedDate >=}; null: whatever the provider takes
   */
  public record Offer(String url, List<String> where) {}

  /**
   * By name, any other resource last.
   *
   * @param hub of the element
   */
  public List<Offer> offers(String hub) {
    if (asWritten) {
      return List.of(new Offer("/hubs/{hub}/{resource}", null));
    }
    List<Offer> offers = new ArrayList<>();
    names().forEach(name -> offers.add(offer(hub, name, resources.get(name))));
    if (anyResource != null) {
      offers.add(offer(hub, "{resource}", anyResource));
    }
    return List.copyOf(offers);
  }

  private static Offer offer(String hub, String name, HubResource resource) {
    return new Offer(
        "/hubs/%s/%s".formatted(hub, name),
        resource.where().stream().map(HubTerm::toString).toList());
  }

  private Set<String> names() {
    return new TreeSet<>(resources.keySet());
  }

  /** True where the provider is asked with the url as it is. */
  public boolean asWritten() {
    return asWritten;
  }

  /**
   * The provider's url for that of a hub.
   *
   * @param hub of the element
   * @param url relative, percent-encoded, see {@link HubQuery#isHubUrl}
   * @throws InvalidHubQuery where it cannot be expressed
   */
  public String url(String hub, String url) {
    return asWritten ? url : request(hub, url).url();
  }

  /**
   * The provider's request; not for {@link #asWritten}.
   *
   * @throws InvalidHubQuery as {@link #url}
   */
  public HubRequest request(String hub, String url) {
    HubQuery query = HubQuery.of(url);
    return resource(hub, query).request(query);
  }

  /**
   * Settings of a polled resource that hold where it does not set them itself.
   *
   * @throws InvalidHubQuery as {@link #url}
   */
  public Map<String, JsonNode> defaults(String hub, String url) {
    if (asWritten) {
      return Map.of();
    }
    HubQuery query = HubQuery.of(url);
    return resource(hub, query).defaults(query);
  }

  private HubResource resource(String hub, HubQuery query) {
    if (!query.hub().equalsIgnoreCase(hub)) {
      throw new InvalidHubQuery(
          "found hub '%s'; write /hubs/%s/%s".formatted(query.hub(), hub, query.resource()));
    }
    HubResource named = resources.get(query.resource());
    boolean plain = !query.resource().matches("\\.{1,2}|.*/.*");
    HubResource found = named == null && plain ? anyResource : named;
    if (found == null) {
      throw new InvalidHubQuery(
          "'%s' is no resource of this hub; it has %s"
              .formatted(query.resource(), String.join(", ", names())));
    }
    return found;
  }

  /** By what it says, so that an element whose file did not change is the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof HubMapping that
        && asWritten == that.asWritten
        && Objects.equals(anyResource, that.anyResource)
        && resources.equals(that.resources);
  }

  @Override
  public int hashCode() {
    return Objects.hash(asWritten, anyResource, resources);
  }
}
