package dev.watchpost.instance;

import java.util.Map;
import java.util.Set;

/**
 * The file that an instance comes from.
 *
 * @param name in {@code routes/}
 * @param removed it is gone: the instance neither polls nor delivers, and keeps its state
 * @param asWritten the settings that hold placeholders, with them: what is shown instead of their
 *     values
 * @param secrets what stood for placeholders that are named as secrets are: never shown, wherever
 *     they turn up
 */
public record InstanceFile(
    String name, boolean removed, Map<String, String> asWritten, Set<String> secrets) {
  public InstanceFile {
    asWritten = Map.copyOf(asWritten);
    secrets = Set.copyOf(secrets);
  }

  InstanceFile asRemoved() {
    return new InstanceFile(name, true, asWritten, secrets);
  }

  /** For people: {@code routes/a.instance.yaml}. */
  public String path() {
    return "routes/" + name;
  }
}
