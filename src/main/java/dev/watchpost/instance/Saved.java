package dev.watchpost.instance;

import dev.watchpost.resource.Problem;
import java.util.List;

/**
 * An instance that was stored.
 *
 * @param warnings what is only suspicious, or has no effect
 */
public record Saved(Instance instance, List<Problem> warnings) {}
