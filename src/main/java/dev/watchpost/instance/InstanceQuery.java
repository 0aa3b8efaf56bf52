package dev.watchpost.instance;

import java.util.List;

/**
 * Which instances to list.
 *
 * @param organization whose; null: of all
 * @param tags those that an instance must all have
 * @param searchText part of the name or the element's key, whatever the case; null or empty: any
 * @param limit how many at most
 * @param offset how many to leave out first
 */
public record InstanceQuery(
    Long organization, List<String> tags, String searchText, int limit, int offset) {

  /** The first instances, all kinds of them. */
  public static InstanceQuery first(int limit) {
    return new InstanceQuery(null, List.of(), null, limit, 0);
  }

  /**
   * Some of the instances that a query is for.
   *
   * @param instances by id
   * @param total how many there are in all
   */
  public record Page(List<Instance> instances, long total) {}
}
