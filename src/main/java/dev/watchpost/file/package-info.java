/**
 * What users drop into {@code routes/} and {@code elements/}: noticed while running, read, checked,
 * and handed to whom it concerns.
 */
package dev.watchpost.file;
