package dev.watchpost.record;

/** What the records of a listing say. */
public enum ListingKind {
  /** These are as they are now. */
  RECORDS,
  /** These were deleted. */
  DELETED,
  /** These and no others exist. */
  EXISTING
}
