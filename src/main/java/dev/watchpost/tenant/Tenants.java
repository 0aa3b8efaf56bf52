package dev.watchpost.tenant;

import dev.watchpost.store.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom the API lets in: who shows the secrets of a user and of its organization. Immutable. */
public final class Tenants {
  private final List<Login> logins = new ArrayList<>();

  private record Login(Secret user, Secret organization, Owner owner) {}

  private Tenants(ApiCredentials first) {
    logins.add(new Login(Secret.of(first.user()), Secret.of(first.organization()), Owner.DEFAULT));
  }

  /** One user of one organization. */
  public static Tenants only(ApiCredentials credentials) {
    return new Tenants(credentials);
  }

  /**
   * The default user and organization, and those of a file where there is one.
   *
   * @param database keeps the numbers of their names
   * @throws IllegalArgumentException one line that names the file, the key and the fix
   */
  public static Tenants of(ApiCredentials credentials, Path file, Database database) {
    TenantsFile named = TenantsFile.read(file);
    TenantNumbers numbers = new TenantNumbers(database);
    Tenants tenants = new Tenants(credentials);
    Secret first = Secret.of(credentials.organization());
    for (Map.Entry<String, Map<String, Secret>> users : named.users().entrySet()) {
      Secret organization = named.organizations().getOrDefault(users.getKey(), first);
      if (organization != first && organization.is(first)) {
        throw new IllegalArgumentException(
            "%s: %s has the secret of watchpost.api.organization".formatted(file, users.getKey()));
      }
      users
          .getValue()
          .forEach(
              (name, secret) ->
                  tenants.logins.add(
                      new Login(secret, organization, numbers.owner(users.getKey(), name))));
    }
    return tenants;
  }

  /**
   * Whose secrets these are. All are compared, whichever differs: the time must not tell which one
   * is wrong.
   *
   * @param user null: none was shown
   * @param organization likewise
   */
  public Optional<Owner> find(String user, String organization) {
    Secret shownUser = Secret.of(user == null ? "" : user);
    Secret shownOrganization = Secret.of(organization == null ? "" : organization);
    Owner found = null;
    for (Login login : logins) {
      if (login.user().is(shownUser) & login.organization().is(shownOrganization)) {
        found = login.owner();
      }
    }
    return Optional.ofNullable(found);
  }
}
