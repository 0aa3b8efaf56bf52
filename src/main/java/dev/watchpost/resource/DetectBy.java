package dev.watchpost.resource;

/** What makes a known record an updated one. */
public enum DetectBy {
  DATES,
  CONTENT,
  BOTH
}
