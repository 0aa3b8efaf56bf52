package dev.watchpost.store;

import java.util.function.LongFunction;

/**
 * A column of texts that {@link Secrets} has sealed.
 *
 * @param key the table's primary key, a number
 * @param context what a text was sealed with, by the row's key
 */
public record SealedColumn(String table, String key, String name, LongFunction<String> context) {}
