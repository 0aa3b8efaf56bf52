package dev.watchpost.oauth;

import dev.watchpost.element.AccessToken;
import dev.watchpost.element.OAuthServer.Grant;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens of instances: asked for, kept, and renewed a little before they end or when a
 * source refuses them. However many need a new one at once, in however many processes, the server
 * is asked once: refresh tokens may be good for a single use. No connection to the database is held
 * while it is asked. Thread-safe.
 */
public final class AccessTokens {
  private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
  private static final Duration OTHERS_LOOK_AGAIN = Duration.ofMillis(100);

  private final TokenStore store;
  private final TokenEndpoint endpoint;
  private final Duration lease;
  private final Clock clock;
  private final SingleFlight underway = new SingleFlight();

  /**
   * @param client guarded
   * @param timeout of one answer; a claim that is twice as old is of a process that died
   */
  public AccessTokens(TokenStore store, CloseableHttpClient client, Duration timeout, Clock clock) {
    this.store = store;
    this.endpoint = new TokenEndpoint(client, clock);
    this.lease = timeout.multipliedBy(2);
    this.clock = clock;
  }

  /**
   * Asks for the first tokens of an instance that is created or authenticated anew. Nothing is
   * stored.
   *
   * @param providerData holds {@code code} (and {@code codeVerifier}) where the grant needs one
   * @throws OAuthFailure where the server gives none
   */
  public Tokens grant(OAuthClient client, Map<String, String> providerData) {
    return client.grant() == Grant.AUTHORIZATION_CODE
        ? endpoint.exchange(
            client, providerData.get("code").strip(), providerData.get("codeVerifier"))
        : endpoint.grant(client);
  }

  /** Keeps the tokens of an instance in the transaction that stores the instance. */
  public void save(Handle handle, long instanceId, Tokens tokens) {
    store.save(handle, instanceId, tokens);
  }

  /** Forgets the tokens of an instance that is no longer authenticated by them. */
  public void forget(Handle handle, long instanceId) {
    store.delete(handle, instanceId);
  }

  /** The settings an instance asks with have changed: what was refused may be tried again. */
  public void settingsChanged(Handle handle, long instanceId) {
    store.forgive(handle, instanceId);
  }

  /**
   * The access token to use now.
   *
   * @throws OAuthFailure where there is none and none can be had
   */
  public AccessToken current(long instanceId, OAuthClient client) {
    Optional<TokenStore.Row> row = store.find(instanceId);
    if (row.isPresent() && isUsable(row.get().tokens(), client)) {
      return row.get().tokens().accessToken();
    }
    try {
      return underway.run(instanceId, () -> renewal(instanceId, client, null));
    } catch (OAuthFailure failure) {
      return stillGood(instanceId, row, failure);
    }
  }

  /** What cannot be renewed serves to its end. */
  private boolean isUsable(Tokens tokens, OAuthClient client) {
    Instant now = clock.instant();
    boolean last = client.grant() == Grant.AUTHORIZATION_CODE && tokens.refresh() == null;
    return last ? !tokens.expired(now) : !tokens.accessToken().due(now);
  }

  /** It is renewed before it ends: a server that is away for a minute disturbs no poll. */
  private AccessToken stillGood(
      long instanceId, Optional<TokenStore.Row> row, OAuthFailure failure) {
    Instant now = clock.instant();
    Tokens tokens =
        row.map(TokenStore.Row::tokens)
            .filter(old -> !failure.refused() && !old.expired(now))
            .orElseThrow(() -> failure);
    LOG.warn("instance={} its access token ends soon: {}", instanceId, failure.getMessage());
    return tokens.accessToken();
  }

  /**
   * Another access token than the one a source has refused.
   *
   * @throws OAuthFailure where none can be had
   */
  public AccessToken renewed(long instanceId, OAuthClient client, AccessToken refused) {
    return underway.run(instanceId, () -> renewal(instanceId, client, refused.value()));
  }

  /** Who first claims the row asks; the others look again until it has asked. */
  private AccessToken renewal(long instanceId, OAuthClient client, String refused) {
    long deadline = System.nanoTime() + lease.toNanos();
    while (true) {
      Optional<TokenStore.Row> found = store.find(instanceId);
      if (found.isEmpty()) {
        return first(instanceId, client);
      }
      TokenStore.Row row = found.get();
      AccessToken known = row.tokens().accessToken();
      Instant now = clock.instant();
      if (!known.due(now) && !known.value().equals(refused)) {
        return known;
      }
      refuseUnusable(instanceId, client, row);
      Optional<Long> claim = store.claim(instanceId, row.version(), now, now.plus(lease));
      if (claim.isPresent()) {
        return ask(instanceId, client, row.tokens(), claim.get());
      }
      if (refused == null && !row.tokens().expired(now)) {
        return known; // someone else renews it in good time
      }
      if (System.nanoTime() > deadline) {
        throw OAuthFailure.unavailable(
            "another process asks the OAuth2 server for a token and does not finish", null, null);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(OTHERS_LOOK_AGAIN.toMillis()));
    }
  }

  private AccessToken first(long instanceId, OAuthClient client) {
    if (client.grant() == Grant.AUTHORIZATION_CODE) {
      throw unauthenticated(instanceId, "the instance is not authenticated");
    }
    Tokens tokens = endpoint.grant(client);
    store.save(instanceId, tokens);
    return tokens.accessToken();
  }

  private static void refuseUnusable(long instanceId, OAuthClient client, TokenStore.Row row) {
    if (client.grant() != Grant.AUTHORIZATION_CODE) {
      return;
    }
    if (row.refused() != null) {
      throw unauthenticated(instanceId, row.refused());
    }
    if (row.tokens().refresh() == null) {
      throw unauthenticated(
          instanceId, "the access token has ended and the OAuth2 server gave no refresh token");
    }
    if (!origin(client.tokenUrl()).equals(origin(row.tokens().tokenUrl()))) {
      throw unauthenticated(
          instanceId, "oauth.token.url names another host than the one the refresh token is of");
    }
  }

  private static String origin(String url) {
    return URI.create(url).resolve("/").toString();
  }

  private static OAuthFailure unauthenticated(long instanceId, String why) {
    return OAuthFailure.refused(
        "%s; re-authenticate: PATCH /instances/%d with a new providerData.code, or write it into the instance's file"
            .formatted(why, instanceId),
        "",
        null);
  }

  private AccessToken ask(long instanceId, OAuthClient client, Tokens old, long claim) {
    try {
      Tokens tokens =
          client.grant() == Grant.AUTHORIZATION_CODE
              ? endpoint.refresh(client, old)
              : endpoint.grant(client);
      if (!store.renew(instanceId, claim, tokens)) {
        LOG.warn("instance={} was authenticated anew while its token was renewed", instanceId);
        return store.find(instanceId).map(r -> r.tokens().accessToken()).orElseThrow();
      }
      return tokens.accessToken();
    } catch (OAuthFailure failure) {
      boolean over = client.grant() == Grant.AUTHORIZATION_CODE && failure.is("invalid_grant");
      String why = over ? words(failure) : null;
      store.release(instanceId, claim, why);
      throw over ? unauthenticated(instanceId, why) : failure;
    }
  }

  private static String words(OAuthFailure failure) {
    return failure.providerMessage() == null
        ? failure.getMessage()
        : failure.getMessage() + ": " + failure.providerMessage();
  }
}
