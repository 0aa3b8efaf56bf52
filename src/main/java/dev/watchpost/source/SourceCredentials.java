package dev.watchpost.source;

import dev.watchpost.element.Credentials;
import dev.watchpost.element.SecretMask;
import dev.watchpost.instance.Instance;
import dev.watchpost.instance.Instances;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the requests of one poll carry. An OAuth2 access token is renewed while the poll runs: when
 * it is about to end, and once where the source refuses it.
 */
final class SourceCredentials {
  private final Instances instances;
  private final Instance instance;
  private final URI resourceUrl;
  private final Clock clock;
  private final SecretMask mask = new SecretMask();
  private Credentials now;
  private boolean renewed;

  /**
   * @param others secrets that requests may hold beside the credentials
   */
  SourceCredentials(
      Instances instances,
      Instance instance,
      URI resourceUrl,
      Collection<String> others,
      Clock clock) {
    this.instances = instances;
    this.instance = instance;
    this.resourceUrl = resourceUrl;
    this.clock = clock;
    mask.add(others);
    if (instance.file() != null) {
      mask.add(instance.file().secrets());
    }
    use(instances.credentials(instance, resourceUrl));
  }

  private void use(Credentials credentials) {
    now = credentials;
    mask.add(credentials.secrets());
  }

  /** What to add to a request to {@code origin}. */
  Credentials.Added forRequest(URI origin) {
    if (now.accessToken().filter(token -> token.due(clock.instant())).isPresent()) {
      use(instances.credentials(instance, resourceUrl));
    }
    return now.forRequest(origin);
  }

  /**
   * Whom the source counts requests to {@code origin} for: OAuth2 tokens change, their account does
   * not.
   */
  Set<String> account(URI origin) {
    if (now.forRequest(origin).isEmpty()) {
      return Set.of();
    }
    return now.accessToken().isPresent() ? Set.of("instance " + instance.id()) : now.secrets();
  }

  /** As {@link Credentials#signature}. */
  Map<String, String> signature(URI origin, String method, String url, String body) {
    return now.signature(origin, method, url, body);
  }

  /** The source has accepted what it was sent. */
  void accepted() {
    renewed = false;
  }

  /**
   * The source has refused what it was sent: true where there is something else to send. A second
   * refusal of the same request is final, and another host's says nothing of credentials it never
   * got.
   */
  boolean renew(URI origin) {
    if (renewed || now.forRequest(origin).isEmpty()) {
      return false;
    }
    renewed = true;
    Optional<Credentials> others = instances.renewed(instance, resourceUrl, now);
    others.ifPresent(this::use);
    return others.isPresent();
  }

  /** {@code text} with every credential masked. */
  String masked(String text) {
    return mask.hide(text);
  }
}
