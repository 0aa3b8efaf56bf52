package dev.watchpost.oauth;

/** No token was to be had. The message is one line for the user; no secret is in it. */
public final class OAuthFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean refused;
  private final String error;
  private final String providerMessage;

  private OAuthFailure(
      boolean refused, String message, String error, String providerMessage, Throwable cause) {
    super(message, cause);
    this.refused = refused;
    this.error = error;
    this.providerMessage = providerMessage;
  }

  /**
   * The server does not accept what it was sent: settings, code or token must change.
   *
   * @param error code of RFC 6749, section 5.2
   * @param providerMessage the server's own words; null: none
   */
  static OAuthFailure refused(String message, String error, String providerMessage) {
    return new OAuthFailure(true, message, error, providerMessage, null);
  }

  /** The server cannot be asked, or its answer is none: it may go better later. */
  static OAuthFailure unavailable(String message, String providerMessage, Throwable cause) {
    return new OAuthFailure(false, message, "", providerMessage, cause);
  }

  /** True where trying again with the same settings, code and token is in vain. */
  public boolean refused() {
    return refused;
  }

  boolean is(String errorCode) {
    return error.equals(errorCode);
  }

  /** Null: the server said nothing. */
  public String providerMessage() {
    return providerMessage;
  }
}
