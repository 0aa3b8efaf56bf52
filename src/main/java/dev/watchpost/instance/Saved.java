package dev.watchpost.instance;

import java.util.List;

/**
 * An instance that was stored.
 *
 * @param warnings what is only suspicious, or has no effect
 */
public record Saved(Instance instance, List<Problem> warnings) {}
