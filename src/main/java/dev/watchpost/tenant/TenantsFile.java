package dev.watchpost.tenant;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The organizations and users an operator names, as properties:
 *
 * <pre>
 * acme.organization = sha256:9f86d0..
 * acme.user.jane = sha256:60303a..
 * default.user.bob = a secret of 20 characters or more
 * </pre>
 *
 * @param organizations secret of each, by name; the default one is not among them
 * @param users by organization and name
 */
record TenantsFile(Map<String, Secret> organizations, Map<String, Map<String, Secret>> users) {
  /** The organization of {@code watchpost.api.organization}; it may have more users here. */
  static final String DEFAULT = "default";

  private static final Pattern ORGANIZATION = Pattern.compile("([\\w-]{1,100})\\.organization");
  private static final Pattern USER = Pattern.compile("([\\w-]{1,100})\\.user\\.([\\w-]{1,100})");

  /**
   * @param file may be missing: then there are none
   * @throws IllegalArgumentException one line that names the file, the key and the fix
   */
  static TenantsFile read(Path file) {
    TenantsFile read = new TenantsFile(new TreeMap<>(), new TreeMap<>());
    try {
      Properties properties = new OnceOnly();
      if (Files.exists(file)) {
        try (Reader reader = new StringReader(Files.readString(file))) {
          properties.load(reader);
        }
      }
      new TreeMap<>(properties).forEach((key, value) -> read.add((String) key, (String) value));
      read.check();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    return read;
  }

  /** One of two lines with the same key would be lost without a word. */
  private static final class OnceOnly extends Properties {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Object put(Object key, Object value) {
      if (containsKey(key)) {
        throw new IllegalArgumentException(key + " is there twice");
      }
      return super.put(key, value);
    }
  }

  private void add(String key, String value) {
    Matcher organization = ORGANIZATION.matcher(key);
    Matcher user = USER.matcher(key);
    if (organization.matches() && !organization.group(1).equals(DEFAULT)) {
      organizations.put(organization.group(1), secret(key, value));
    } else if (user.matches()) {
      users
          .computeIfAbsent(user.group(1), name -> new TreeMap<>())
          .put(user.group(2), secret(key, value));
    } else {
      throw new IllegalArgumentException(
          "found %s, expected <organization>.organization or <organization>.user.<user>; the secret of 'default' is watchpost.api.organization"
              .formatted(key));
    }
  }

  private static Secret secret(String key, String value) {
    try {
      return Secret.written(value.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private void check() {
    for (String named : users.keySet()) {
      if (!named.equals(DEFAULT) && !organizations.containsKey(named)) {
        throw new IllegalArgumentException(
            "%s.user.%s is there, and %s.organization is missing"
                .formatted(named, users.get(named).keySet().iterator().next(), named));
      }
    }
    for (String organization : organizations.keySet()) {
      if (!users.containsKey(organization)) {
        throw new IllegalArgumentException(
            "%s has no user: add %s.user.<name>".formatted(organization, organization));
      }
    }
    refuseSame(organizations);
    users.values().forEach(TenantsFile::refuseSame);
  }

  private static void refuseSame(Map<String, Secret> secrets) {
    List<Map.Entry<String, Secret>> seen = new ArrayList<>();
    for (Map.Entry<String, Secret> each : secrets.entrySet()) {
      for (Map.Entry<String, Secret> other : seen) {
        if (each.getValue().is(other.getValue())) {
          throw new IllegalArgumentException(
              "%s and %s have the same secret".formatted(other.getKey(), each.getKey()));
        }
      }
      seen.add(each);
    }
  }
}
