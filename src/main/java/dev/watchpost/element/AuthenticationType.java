package dev.watchpost.element;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a request to a source says who it is from. */
public enum AuthenticationType {
  NONE("none"),
  BASIC("basic"),
  BEARER("bearer"),
  API_KEY("apiKey"),
  OAUTH2("oauth2");

  private final String text;

  AuthenticationType(String text) {
    this.text = text;
  }

  /** As written in {@code authentication.type} and in element files. */
  public String text() {
    return text;
  }

  /** The type so written, whatever the case. */
  static Optional<AuthenticationType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equalsIgnoreCase(text)).findFirst();
  }

  /** All of them, for messages. */
  static String list() {
    return Arrays.stream(values()).map(AuthenticationType::text).collect(Collectors.joining(", "));
  }
}
