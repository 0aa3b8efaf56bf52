package dev.watchpost.api;

/**
 * An operation of the contract.
 *
 * @param id its operationId
 * @param method in upper case
 * @param path its template, {@code /instances/{id}}
 * @param isPublic answers without credentials
 * @param anyBody takes bodies of any type
 */
record Operation(String id, String method, String path, boolean isPublic, boolean anyBody) {

  /** Takes what a source sends by itself. */
  boolean isWebhook() {
    return path.startsWith("/events/");
  }

  boolean takesBody() {
    return !method.equals("GET");
  }

  /** Changes something. */
  boolean writes() {
    return takesBody() || isWebhook();
  }
}
