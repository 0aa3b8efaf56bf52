package dev.watchpost.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML element as JSON: attributes are {@code @name}, children their names as written, prefix
 * included; those that repeat are a list. An element without attributes and children is its text,
 * of others it is {@code #text}. Holds no more than a limit: what goes beyond is passed over.
 */
final class XmlElement {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final XMLStreamReader reader;
  private final int limit;
  private long held;

  /**
   * @param limit characters
   */
  XmlElement(XMLStreamReader reader, int limit) {
    this.reader = reader;
    this.limit = limit;
  }

  /** Characters met, and a little for each element. */
  long held() {
    return held;
  }

  boolean tooLarge() {
    return held > limit;
  }

  /** From its start, where the reader stands, to its end. */
  JsonNode read() throws XMLStreamException {
    ObjectNode element = attributes(reader);
    held += reader.getLocalName().length() + 8L;
    StringBuilder text = new StringBuilder();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        child(element);
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        held += reader.getTextLength();
        if (!tooLarge()) {
          text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
      } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new UnusableAnswer("the answer has entities of a document type, which are refused");
      }
    }
    String content = text.toString().strip();
    if (element.isEmpty()) {
      return TextNode.valueOf(content);
    }
    if (!content.isEmpty()) {
      element.put("#text", content);
    }
    return element;
  }

  private void child(ObjectNode element) throws XMLStreamException {
    String name = name(reader);
    JsonNode child = read();
    if (!tooLarge()) {
      add(element, name, child);
    }
  }

  static void add(ObjectNode element, String name, JsonNode child) {
    JsonNode before = element.get(name);
    if (before instanceof ArrayNode list) {
      list.add(child);
    } else if (before != null) {
      element.set(name, JSON.arrayNode().add(before).add(child));
    } else {
      element.set(name, child);
    }
  }

  static ObjectNode attributes(XMLStreamReader reader) {
    ObjectNode element = JSON.objectNode();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = reader.getAttributePrefix(i);
      element.put(
          "@" + prefixed(prefix, reader.getAttributeLocalName(i)), reader.getAttributeValue(i));
    }
    return element;
  }

  static String name(XMLStreamReader reader) {
    return prefixed(reader.getPrefix(), reader.getLocalName());
  }

  private static String prefixed(String prefix, String name) {
    return prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
  }
}
