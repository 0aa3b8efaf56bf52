package dev.watchpost.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document, or JSON, with the line of everything in it. Jackson's own trees keep no
 * lines, and lose how numbers were written: {@code 0012} is an account, not ten.
 */
final class TreeReader {
  private static final JsonFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  /** What aliases may make of one file. */
  private static final int MOST_NODES = 100_000;

  private final JsonParser parser;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, JsonNode> anchors = new HashMap<>();
  private int nodes;

  private TreeReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @param name {@code *.json} is read as JSON, everything else as YAML
   * @throws Unusable with the line and the reason
   */
  static LocatedTree read(String name, String text) throws Unusable {
    JsonFactory factory = name.endsWith(".json") ? JSON : YAML;
    try (JsonParser parser = factory.createParser(text)) {
      return new TreeReader(parser).tree();
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    } catch (IOException e) {
      throw new Unusable(1, "cannot be read: " + e.getMessage());
    }
  }

  private static Unusable unreadable(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      Mark mark = yaml.getProblemMark();
      String context = yaml.getContext() == null ? "" : yaml.getContext() + ": ";
      return new Unusable(mark.getLine() + 1, context + yaml.getProblem());
    }
    JsonLocation location = e.getLocation();
    String reason = e.getOriginalMessage().lines().findFirst().orElse("is not readable");
    reason = reason.replaceFirst("^Unrecognized token '[^']*'", "Unrecognized token"); // a secret?
    return new Unusable(location == null ? 1 : Math.max(1, location.getLineNr()), reason);
  }

  private LocatedTree tree() throws IOException, Unusable {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new Unusable(1, "is empty");
    }
    JsonNode root = value(token, "");
    if (parser.nextToken() != null) {
      throw new Unusable(line(), "goes on after its end: a file is one document");
    }
    return new LocatedTree(root, lines);
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private JsonNode value(JsonToken token, String path) throws IOException, Unusable {
    lines.putIfAbsent(path, line());
    count(1);
    String anchor = parser.getObjectId() == null ? null : parser.getObjectId().toString();
    JsonNode node =
        switch (token) {
          case START_OBJECT -> object(path);
          case START_ARRAY -> array(path);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
          case VALUE_TRUE -> BooleanNode.TRUE;
          case VALUE_FALSE -> BooleanNode.FALSE;
          case VALUE_NULL -> NullNode.getInstance();
          default -> text();
        };
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    return node;
  }

  private void count(int more) throws Unusable {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw new Unusable(line(), "holds more than %d values".formatted(MOST_NODES));
    }
  }

  private JsonNode object(String path) throws IOException, Unusable {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (key.equals("<<")) {
        throw new Unusable(line(), "'<<' is not supported; write the keys out");
      }
      String at = path.isEmpty() ? key : path + "." + key;
      lines.put(at, line());
      object.set(key, value(parser.nextToken(), at));
    }
    return object;
  }

  private JsonNode array(String path) throws IOException, Unusable {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      array.add(value(next, "%s[%d]".formatted(path, array.size())));
    }
    return array;
  }

  private static JsonNode number(String written) {
    if (!NUMBER.matcher(written).matches()) {
      return TextNode.valueOf(written);
    }
    return written.matches("-?\\d+")
        ? BigIntegerNode.valueOf(new BigInteger(written))
        : DecimalNode.valueOf(new BigDecimal(written));
  }

  private JsonNode text() throws IOException, Unusable {
    if (!(parser instanceof YAMLParser yaml) || !yaml.isCurrentAlias()) {
      return TextNode.valueOf(parser.getText());
    }
    JsonNode meant = anchors.get(parser.getText());
    if (meant == null) {
      throw new Unusable(line(), "'*%s' is nowhere defined before".formatted(parser.getText()));
    }
    count(size(meant));
    return meant.deepCopy();
  }

  private static int size(JsonNode node) {
    int size = 1;
    for (JsonNode child : node) {
      size += size(child);
    }
    return size;
  }
}
