package dev.watchpost.tenant;

/**
 * What callers of the API show: {@code Authorization: User <user>, Organization <organization>}.
 *
 * @param user secret of the user
 * @param organization secret of the organization
 */
public record ApiCredentials(String user, String organization) {
  public ApiCredentials {
    if (user == null || user.isBlank() || organization == null || organization.isBlank()) {
      throw new IllegalArgumentException("the user and the organization secret must not be empty");
    }
  }

  @Override
  public String toString() {
    return "ApiCredentials[********]";
  }
}
