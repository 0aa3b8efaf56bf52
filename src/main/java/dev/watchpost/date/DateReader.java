package dev.watchpost.date;

/** Reads one kind of date text. */
@FunctionalInterface
interface DateReader {
  /** The date, or null where the text is none of this kind. Null, as it is asked per record. */
  SourceDate read(String text);
}
