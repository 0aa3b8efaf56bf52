package dev.watchpost.element;

/** An element file that cannot be used. */
final class BrokenElement extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  BrokenElement(int line, String reason) {
    super(reason);
    this.line = line;
  }

  /** Line in the file, from 1. */
  int line() {
    return line;
  }
}
