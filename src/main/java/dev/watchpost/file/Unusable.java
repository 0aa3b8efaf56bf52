package dev.watchpost.file;

/** A text that cannot be used. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * @param line from 1
   * @param reason what is wrong there; never a secret
   */
  Unusable(int line, String reason) {
    super(reason);
    this.line = line;
  }

  Note problem() {
    return new Note(line, "", getMessage());
  }
}
