package dev.watchpost.tenant;

import dev.watchpost.store.Database;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The numbers that organizations and users have in instances and events, kept by their names. */
record TenantNumbers(Database database) {

  /** Of names that are new, new ones. */
  Owner owner(String organization, String user) {
    return database.transaction(
        handle -> {
          long company =
              organization(handle, organization)
                  .orElseGet(() -> newOrganization(handle, organization));
          return new Owner(
              company, user(handle, company, user).orElseGet(() -> newUser(handle, company, user)));
        });
  }

  private static Optional<Long> organization(Handle handle, String name) {
    return handle
        .select("select id from organization where name = ?", name)
        .mapTo(Long.class)
        .findOne();
  }

  private static long newOrganization(Handle handle, String name) {
    handle.execute("insert into organization (name) values (?)", name);
    return organization(handle, name).orElseThrow();
  }

  private static Optional<Long> user(Handle handle, long organization, String name) {
    return handle
        .select(
            "select id from api_user where organization_id = ? and name = ?", organization, name)
        .mapTo(Long.class)
        .findOne();
  }

  private static long newUser(Handle handle, long organization, String name) {
    handle.execute(
        "insert into api_user (organization_id, name) values (?, ?)", organization, name);
    return user(handle, organization, name).orElseThrow();
  }
}
