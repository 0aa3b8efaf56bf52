package dev.watchpost.instance;

import dev.watchpost.date.SourceDateFormat;

/** A date of a record: where it stands and how it is written. */
public record DateField(FieldPath path, SourceDateFormat format) {}
