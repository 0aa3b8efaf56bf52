package dev.watchpost.endtoend;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as it goes over the wire, right or not.
 *
 * @param operation what it is made of
 * @param target path and query, as sent
 * @param headers whole lines; Host, Content-Length and Connection are added
 * @param body null: none
 * @param cut what part of it is sent before the connection is shut down; 1: all of it, and it is
 *     not
 */
record RawRequest(
    ContractOperation operation,
    String method,
    String target,
    List<String> headers,
    byte[] body,
    double cut) {

  byte[] bytes() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (body != null) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body == null ? new byte[0] : body);
    return bytes.toByteArray();
  }

  /** Its beginning, for people. */
  @Override
  public String toString() {
    String text = new String(bytes(), StandardCharsets.ISO_8859_1);
    return text.length() < 3_000 ? text : text.substring(0, 3_000) + "..";
  }
}
