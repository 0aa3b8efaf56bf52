package dev.watchpost.record;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxEOFException;
import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as JSON: the elements on the way to the records are objects, the records a list, see {@link
 * XmlElement}. What stands beside them comes after them, so that paging values are found; at most 1
 * MiB of it. A document type is refused: no entity is expanded, no external one is read.
 */
final class XmlAnswer extends ConvertedAnswer {
  private static final int BESIDE = 1 << 20;
  private static final int DEEPEST = 200;
  private static final XMLInputFactory FACTORY = factory();

  private final InputStream body;
  private final XMLStreamReader reader;
  private final List<String> path;
  private final int recordChars;
  private final Deque<ObjectNode> beside = new ArrayDeque<>();
  private final XmlElementBudget budget = new XmlElementBudget(BESIDE);
  private boolean begun;
  private boolean inRecords;
  private boolean met;

  /**
   * @param charset null: what the XML says
   * @param path names of elements from the root to a record
   */
  XmlAnswer(InputStream body, Charset charset, List<String> path, int recordChars)
      throws IOException {
    this.body = body;
    this.path = path;
    this.recordChars = recordChars;
    try {
      reader =
          charset == null
              ? FACTORY.createXMLStreamReader(body)
              : FACTORY.createXMLStreamReader(body, charset.name());
    } catch (XMLStreamException e) {
      throw failure(e);
    }
  }

  private static XMLInputFactory factory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, BESIDE);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 1_000);
    return factory;
  }

  @Override
  boolean next(JsonGenerator to) throws IOException {
    try {
      if (!begun) {
        begun = true;
        to.writeStartObject();
        return true;
      }
      return event(reader.next(), to);
    } catch (XMLStreamException e) {
      throw failure(e);
    }
  }

  private boolean event(int event, JsonGenerator to) throws IOException, XMLStreamException {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start(XmlElement.name(reader), to);
      case XMLStreamConstants.END_ELEMENT -> end(to);
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new UnusableAnswer(
              "the answer has a document type (as HTML has) or entities, which are refused");
      case XMLStreamConstants.END_DOCUMENT -> {
        to.writeEndObject();
        return false;
      }
      default -> {}
    }
    return true;
  }

  private void start(String name, JsonGenerator to) throws IOException, XMLStreamException {
    int level = beside.size();
    if (!name.equals(path.get(level))) {
      if (level == 0) {
        throw new UnusableAnswer(
            "the root of the answer is <%s> where recordsPath begins with %s"
                .formatted(shown(name), path.get(0)));
      }
      JsonNode other = budget.read(reader);
      if (other != null) {
        XmlElement.add(beside.peek(), name, other);
      }
    } else if (level == path.size() - 1) {
      record(name, to);
    } else {
      open(name, to);
    }
  }

  private void open(String name, JsonGenerator to) throws IOException {
    if (met) {
      throw new UnusableAnswer(
          "the answer holds <%s> more than once: recordsPath must lead through single elements"
              .formatted(shown(name)));
    }
    to.writeFieldName(name);
    to.writeStartObject();
    beside.push(XmlElement.attributes(reader));
  }

  private void record(String name, JsonGenerator to) throws IOException, XMLStreamException {
    if (!inRecords) {
      inRecords = true;
      to.writeFieldName(name);
      to.writeStartArray();
    }
    int line = reader.getLocation().getLineNumber();
    XmlElement element = new XmlElement(reader, recordChars);
    JsonNode record = element.read();
    if (element.tooLarge()) {
      to.writeString("the element at line %d is too large".formatted(line));
    } else {
      to.writeTree(
          record.isObject() ? record : JsonNodeFactory.instance.objectNode().set("#text", record));
    }
  }

  private void end(JsonGenerator to) throws IOException {
    met = true;
    if (inRecords) {
      to.writeEndArray();
      inRecords = false;
    }
    for (Map.Entry<String, JsonNode> field : beside.pop().properties()) {
      to.writeFieldName(field.getKey());
      to.writeTree(field.getValue());
    }
    to.writeEndObject();
  }

  /** What came before the failure stands; a failure of reading is not one of the XML. */
  private static IOException failure(XMLStreamException e) throws IOException {
    Throwable cause = e.getNestedException() == null ? e.getCause() : e.getNestedException();
    if (cause instanceof IOException io) {
      return io;
    }
    String where =
        e.getLocation() == null
            ? ""
            : " at line %d, column %d"
                .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber());
    throw new UnusableAnswer(
        (e instanceof WstxEOFException ? "the answer breaks off" : "the answer is not valid XML")
            + where,
        e);
  }

  private static String shown(String name) {
    return name.substring(0, Math.min(60, name.length()));
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
