package dev.watchpost.tenant;

/**
 * Whose an instance is, and who calls the API. An organization sees its own instances only; its
 * users share them.
 *
 * @param organization its number in table {@code organization}
 * @param user its number in table {@code api_user}
 */
public record Owner(long organization, long user) {
  /** The organization and user of {@code watchpost.api.*}, whose the files in routes/ are too. */
  public static final Owner DEFAULT = new Owner(1, 1);

  /** True where both are of one organization. */
  public boolean sharesWith(Owner other) {
    return organization == other.organization;
  }
}
