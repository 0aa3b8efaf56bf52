package dev.watchpost.poll;

/** Paging that goes in a circle or over its limit: to go on where it broke off is of no use. */
final class EndlessPaging extends UnusableAnswer {
  private static final long serialVersionUID = 1L;

  EndlessPaging(String message) {
    super(message);
  }
}
