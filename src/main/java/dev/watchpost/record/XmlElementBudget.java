package dev.watchpost.record;

import com.fasterxml.jackson.databind.JsonNode;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads elements as long as all together are not too large. */
final class XmlElementBudget {
  private int left;

  XmlElementBudget(int characters) {
    left = characters;
  }

  /** Null where it is passed over. */
  JsonNode read(XMLStreamReader reader) throws XMLStreamException {
    XmlElement element = new XmlElement(reader, left);
    JsonNode read = element.read();
    left -= (int) Math.min(left, element.held());
    return element.tooLarge() ? null : read;
  }
}
