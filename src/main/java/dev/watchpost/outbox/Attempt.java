package dev.watchpost.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * One POST of a notification.
 *
 * @param number 1, 2, ... over the life of the notification
 * @param status of the answer; null: none came
 * @param outcome a word: accepted, refused, gone, unreachable, ...
 * @param error one line without secrets and bodies; null where it was accepted
 */
public record Attempt(
    int number, Instant startedAt, Duration took, Integer status, String outcome, String error) {}
