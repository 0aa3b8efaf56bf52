package dev.watchpost.instance;

import java.util.Map;

/**
 * The file that an instance comes from.
 *
 * @param name in {@code routes/}
 * @param removed it is gone: the instance neither polls nor delivers, and keeps its state
 * @param asWritten the settings that hold placeholders, with them: what is shown instead of their
 *     values
 */
public record InstanceFile(String name, boolean removed, Map<String, String> asWritten) {
  public InstanceFile {
    asWritten = Map.copyOf(asWritten);
  }

  /** For people: {@code routes/a.instance.yaml}. */
  public String path() {
    return "routes/" + name;
  }
}
