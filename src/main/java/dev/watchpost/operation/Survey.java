package dev.watchpost.operation;

import java.util.List;

/**
 * What the last look at the store has shown.
 *
 * @param resources those that are watched, the greatest lag first
 * @param failure why the store could not be read; null: it could
 */
record Survey(List<ResourceLook> resources, OutboxLook outbox, String failure) {
  static final Survey NONE = new Survey(List.of(), OutboxLook.EMPTY, null);

  long count(ResourceLook.State state) {
    return resources.stream().filter(resource -> resource.state() == state).count();
  }

  /**
   * Lag in seconds that this part of the resources does not exceed; 0 where none is watched.
   *
   * @param quantile 0 to 1
   */
  double lag(double quantile) {
    if (resources.isEmpty()) {
      return 0;
    }
    int at = (int) ((1 - quantile) * (resources.size() - 1));
    return resources.get(at).lag().toMillis() / 1000.0;
  }

  /** The same resources, and that the store could not be read since. */
  Survey failed(String why) {
    return new Survey(resources, outbox, why);
  }
}
