package dev.watchpost.source;

import java.time.Instant;

/**
 * What the tokens of a poll's url stand for. It fills the url and nothing else: what was read
 * before is known to the ledger.
 *
 * @param start last successful poll start - pollDelay - overlap, never before startFrom
 * @param now upper bound, the same for all pages
 */
public record PollWindow(Instant start, Instant now) {}
