package dev.watchpost.date;

/** Reads one field or literal of a pattern. */
@FunctionalInterface
interface PatternStep {
  /** False where the text has something else here. */
  boolean read(Scan scan);
}
