package dev.watchpost.element;

/**
 * A setting that instances of an element have.
 *
 * @param key in the instance's configuration
 * @param description for people; empty: none
 * @param required an instance without it is refused
 * @param secret never shown
 * @param defaultValue what holds where the instance does not set it; null: none
 */
public record Setting(
    String key, String description, boolean required, boolean secret, String defaultValue) {}
