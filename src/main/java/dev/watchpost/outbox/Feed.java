package dev.watchpost.outbox;

/**
 * Whose events: one resource of one instance.
 *
 * @param objectType the resource's name
 * @param batchSize events of one notification at most
 */
public record Feed(long instanceId, long resourceId, String objectType, int batchSize) {}
