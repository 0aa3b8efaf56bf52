package dev.watchpost.poll;

/**
 * Another process has written the resource's ledger while a poll was judged by it, or the resource
 * is gone. Nothing of the page is entered and the cursor stays: the next poll reads it all again.
 */
public final class Overtaken extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Overtaken(long resourceId) {
    super(
        "resource %d is gone, or another process has entered changes of it: nothing is entered"
            .formatted(resourceId));
  }
}
