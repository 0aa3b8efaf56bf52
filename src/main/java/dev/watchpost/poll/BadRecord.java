package dev.watchpost.poll;

/**
 * A record that cannot be entered; the others go on.
 *
 * @param id null where it has none that can be read
 * @param reason for the user, naming the path
 * @param excerpt its first characters, at most 200
 */
public record BadRecord(String id, String reason, String excerpt) {}
