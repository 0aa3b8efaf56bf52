package dev.watchpost.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.resource.Json;
import dev.watchpost.resource.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The instances that are described by files in {@code routes/}. A file's name without its ending is
 * the instance's identity: {@code a.instance.yaml} and {@code a.instance.json} are the same one.
 */
public final class FileInstances {
  private static final String ENDING = "\\.instance\\.(ya?ml|json)";

  /** Shorter values are in too many texts by chance. */
  private static final int SHORTEST_SECRET = 4;

  private final Instances instances;
  private final InstanceStore store;

  public FileInstances(Instances instances, InstanceStore store) {
    this.instances = instances;
    this.store = store;
  }

  /** True where a file so named describes an instance. */
  public static boolean isOne(String name) {
    return name.matches(".+" + ENDING);
  }

  /** What stays where the format of a file changes: its name without the ending. */
  public static String identity(String name) {
    return name.replaceAll(ENDING + "$", "");
  }

  /** All of them, those whose file is gone included. */
  public List<Instance> all() {
    return store.fromFiles();
  }

  /**
   * Creates the instance of a file, or makes it what the file says: nothing is stored where it is
   * that already. One whose file had gone goes on from where it was.
   *
   * @param known as {@link #all} has it; null: there is none of that identity yet
   * @param written the body of POST /instances
   * @param resolved the same with its placeholders filled in
   * @param values of the placeholders, by their names
   * @throws InvalidInstance with all that is wrong; nothing has changed then
   * @throws dev.watchpost.oauth.OAuthFailure where the OAuth2 server gives no token
   */
  public Saved save(
      String name,
      Instance known,
      JsonNode written,
      JsonNode resolved,
      Map<String, String> values) {
    Report report = new Report();
    if (!(resolved instanceof ObjectNode)) {
      report.problem("", "a file holds one instance: keys such as element and configuration");
    }
    refuseMasks(resolved, "", report);
    InvalidInstance.refuse(report);
    ObjectNode body = resolved.deepCopy();
    if (!body.hasNonNull("name")) {
      body.put("name", identity(name));
    }
    if (!body.hasNonNull("providerData")) {
      body.putObject("providerData");
    }
    InstanceFile file =
        new InstanceFile(name, false, asWritten(written, resolved), secrets(values));
    return known == null
        ? instances.createOfFile(body, file)
        : instances.replace(known, body, file);
  }

  /** Its file is gone: it stops, and keeps its state. */
  public Instance removed(Instance instance) {
    return instances.removed(instance.id());
  }

  private static Set<String> secrets(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(entry -> Masking.isSecret(entry.getKey()))
        .filter(entry -> entry.getValue().length() >= SHORTEST_SECRET)
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  private static Map<String, String> asWritten(JsonNode written, JsonNode resolved) {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, JsonNode> setting : written.path("configuration").properties()) {
      JsonNode value = resolved.path("configuration").path(setting.getKey());
      if (!value.equals(setting.getValue())) {
        texts.put(setting.getKey(), Json.flat(setting.getValue()));
      }
    }
    return texts;
  }

  /** A file is the whole truth: there is nothing else that a mask could stand for. */
  private static void refuseMasks(JsonNode node, String path, Report report) {
    if (node.isTextual() && node.asText().equals(Masking.MASK)) {
      report.problem(path, "found '%s'; write the value, or ${env:NAME}".formatted(Masking.MASK));
    }
    if (node instanceof ArrayNode) {
      for (int i = 0; i < node.size(); i++) {
        refuseMasks(node.get(i), "%s[%d]".formatted(path, i), report);
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String key = field.getKey();
      refuseMasks(field.getValue(), path.isEmpty() ? key : path + "." + key, report);
    }
  }
}
