package dev.watchpost.change;

/** A webhook has written the ledger since a page was judged by it. Nothing of it is entered yet. */
final class ToldMeanwhile extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long toldVersion;

  ToldMeanwhile(long toldVersion) {
    super("webhooks have entered changes", null, false, false);
    this.toldVersion = toldVersion;
  }

  /** At which to judge once more. */
  long toldVersion() {
    return toldVersion;
  }
}
