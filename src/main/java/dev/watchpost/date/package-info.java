/**
 * Dates as users and APIs write them: formats, zones, and the date tokens of a url. Knows nothing
 * of polls.
 */
package dev.watchpost.date;
