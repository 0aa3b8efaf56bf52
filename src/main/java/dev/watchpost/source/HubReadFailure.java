package dev.watchpost.source;

/** A read of a hub that the provider did not serve: one clear line for the user. */
public final class HubReadFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String said;

  HubReadFailure(String message, String said) {
    super(message);
    this.said = said;
  }

  /** The beginning of what the provider said, no secret in it; null: nothing. */
  public String said() {
    return said;
  }
}
