package dev.watchpost.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.watchpost.record.AnswerJson;
import dev.watchpost.record.ListingKind;
import dev.watchpost.source.Listing;
import dev.watchpost.source.PollWindow;
import dev.watchpost.source.SourceRequests;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a poll that breaks off goes on: after the last page that was entered, with which it is
 * stored. Its window stays the one it had, so what the pages before it showed counts as read.
 *
 * @param listing the one to go on with; those before it were read to their end
 * @param url of the next page, absolute, without credentials; null: the listing's first
 * @param pages of that listing read so far
 * @param asked {@link SourceRequests#fingerprint()}: other settings begin anew
 * @param storedAt when the page before it was entered
 */
public record ResumePoint(
    ListingKind listing, String url, PollWindow window, int pages, long asked, Instant storedAt) {

  /** Sources forget a cursor sooner or later; most keep it for hours. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /**
   * Only where a page is named by what it follows: numbered ones shift while nobody reads, and
   * links may be numbered. A sweep must see everything in one go.
   *
   * @param first the next page is the first of its listing
   */
  static boolean may(PollRun run, boolean first) {
    boolean follows =
        switch (run.resource().paging().type()) {
          case CURSOR, NEXT_URL, LAST_ID -> true;
          case NONE, LINK, PAGE, OFFSET -> false;
        };
    boolean sweeping =
        run.listing().kind() == ListingKind.EXISTING
            ? !first
            : Listing.sweepsItself(run.resource());
    return follows && !sweeping && !run.dry();
  }

  boolean holdsAt(Instant now) {
    return now.isBefore(storedAt.plus(LONGEST));
  }

  /** As it is stored. */
  public String json() {
    ObjectNode json = AnswerJson.MAPPER.createObjectNode();
    json.put("listing", listing.name()).put("url", url).put("pages", pages).put("asked", asked);
    json.put("start", window.start().toString()).put("now", window.now().toString());
    return json.put("storedAt", storedAt.toString()).toString();
  }

  /**
   * @param json null: there is none
   */
  static ResumePoint of(String json) {
    if (json == null) {
      return null;
    }
    try {
      JsonNode read = AnswerJson.MAPPER.readTree(json);
      return new ResumePoint(
          ListingKind.valueOf(read.path("listing").asText()),
          read.path("url").textValue(),
          new PollWindow(instant(read, "start"), instant(read, "now")),
          read.path("pages").asInt(),
          read.path("asked").asLong(),
          instant(read, "storedAt"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON that does not read", e);
    }
  }

  private static Instant instant(JsonNode read, String name) {
    return Instant.parse(read.path(name).asText());
  }
}
