/**
 * One answer becomes records: its format, where they are in it, their ids, dates and fingerprints,
 * cut out of the stream in batches.
 */
package dev.watchpost.record;
