package dev.watchpost.instance;

import dev.watchpost.date.TokenTemplate;
import java.time.Duration;

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

  /** A field says so: true, "true", 1, or any text that is not empty, "false" or "0". */
  record ByField(FieldPath field) implements Deletes {}

  /** A date says so, where it is there. */
  record ByDate(DateField date) implements Deletes {}

  /** A listing of deleted ones; tokens allowed. */
  record ByUrl(TokenTemplate url) implements Deletes {}
}
