package dev.watchpost.oauth;

import dev.watchpost.element.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an OAuth2 server gave. Immutable.
 *
 * @param access the access token
 * @param refresh the refresh token; null: none
 * @param issuedAt when it was asked for
 * @param expiresAt when the access token ends; null: the server did not say
 * @param tokenUrl who gave them; the refresh token goes nowhere else
 * @param facts further texts of the answer, such as {@code resource_owner_id}
 */
public record Tokens(
    String access,
    String refresh,
    Instant issuedAt,
    Instant expiresAt,
    String tokenUrl,
    Map<String, String> facts) {
  private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

  /** The access token, to be renewed a little before it ends: a minute, or a tenth of its life. */
  AccessToken accessToken() {
    return new AccessToken(access, expiresAt == null ? null : expiresAt.minus(margin()), facts);
  }

  private Duration margin() {
    Duration tenth = Duration.between(issuedAt, expiresAt).dividedBy(10);
    return tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
  }

  boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** These with older ones behind them: what a server does not say again stays. */
  Tokens after(Tokens older) {
    Map<String, String> all = new LinkedHashMap<>(older.facts);
    all.putAll(facts);
    return new Tokens(
        access, refresh == null ? older.refresh : refresh, issuedAt, expiresAt, tokenUrl, all);
  }

  @Override
  public String toString() {
    return "Tokens[expiresAt=%s, refresh=%s]".formatted(expiresAt, refresh != null);
  }
}
