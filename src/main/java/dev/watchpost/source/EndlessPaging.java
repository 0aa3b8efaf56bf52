package dev.watchpost.source;

import dev.watchpost.record.UnusableAnswer;

/** Paging that goes in a circle or over its limit: to go on where it broke off is of no use. */
public final class EndlessPaging extends UnusableAnswer {
  private static final long serialVersionUID = 1L;

  public EndlessPaging(String message) {
    super(message);
  }
}
