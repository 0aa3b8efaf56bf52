package dev.watchpost.resource;

import dev.watchpost.date.TokenTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How deleted records are told. */
public sealed interface Deletes {

  /** They are not. */
  record None() implements Deletes {}

  /**
   * What a full listing no longer shows is deleted.
   *
   * @param url the full listing, where the resource's url is filtered; null: the resource's own url
   * @param interval how often, where the url carries a token or {@code url} is set; default 24 h
   * @param confirmations sweeps in a row that miss a record before it counts as deleted, default 2
   * @param limit share of the known records (0..1, default 0.2) above which, and above 10, missing
   *     ones are held
   */
  record Sweep(TokenTemplate url, Duration interval, int confirmations, double limit)
      implements Deletes {}

  /**
   * A field says so.
   *
   * @param values the texts that say so, whatever their case; empty: true, "true", 1, or any text
   *     that is not empty, "false" or "0"
   */
  record ByField(FieldPath field, Set<String> values) implements Deletes {

    /**
     * @param text of the field; null: it is missing, null or empty
     */
    public boolean says(String text) {
      if (text == null) {
        return false;
      }
      return values.isEmpty()
          ? !text.equalsIgnoreCase("false") && !text.equals("0")
          : values.stream().anyMatch(text::equalsIgnoreCase);
    }
  }

  /** A date says so, where it is there. */
  record ByDate(DateField date) implements Deletes {}

  /**
   * A listing of deleted ones.
   *
   * @param url tokens allowed
   * @param idField the deleted record's id in it; empty: as in the resource's own listing
   */
  record ByUrl(TokenTemplate url, List<FieldPath> idField) implements Deletes {}
}
