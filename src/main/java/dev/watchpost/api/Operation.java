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

  /** Changes something. */
  boolean writes() {
    return !method.equals("GET");
  }
}
