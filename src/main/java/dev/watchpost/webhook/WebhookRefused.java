package dev.watchpost.webhook;

/** A webhook of which nothing is entered. */
public final class WebhookRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  WebhookRefused(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** 401, 403, 404, 422 or 503, where it is worth sending it again. */
  public int status() {
    return status;
  }
}
