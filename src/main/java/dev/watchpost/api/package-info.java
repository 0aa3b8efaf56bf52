/** The REST operations, by operationId of openapi.yaml. */
package dev.watchpost.api;
