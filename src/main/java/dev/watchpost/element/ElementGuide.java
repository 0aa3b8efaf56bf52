package dev.watchpost.element;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What people should know of an element before they use it. Immutable.
 *
 * @param setup steps at the provider's, in order
 * @param limits what cannot be seen, or costs much
 * @param sources urls of the pages it was made from, beside those of the resources
 * @param example of a poller configuration, by resource; empty: the element's own is one
 * @param resources by name, one for each of the element's poller configuration
 */
public record ElementGuide(
    List<String> setup,
    List<String> limits,
    List<String> sources,
    Map<String, JsonNode> example,
    Map<String, Note> resources) {

  /**
   * Of one resource.
   *
   * @param description empty: none
   * @param source url of the provider's page; null: none is named
   * @param unverified what no source confirms; empty: everything is confirmed
   */
  public record Note(String description, String source, String unverified) {
    static final Note NONE = new Note("", null, "");

    public boolean isUnverified() {
      return !unverified.isEmpty();
    }
  }

  /** Of a resource, also where the element says nothing. */
  public Note of(String resource) {
    return resources.getOrDefault(resource, Note.NONE);
  }
}
