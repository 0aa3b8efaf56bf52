package dev.watchpost.hub;

/** A hub url that cannot be read, or that an element cannot express; the message has the fix. */
public final class InvalidHubQuery extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidHubQuery(String message) {
    super(message);
  }
}
