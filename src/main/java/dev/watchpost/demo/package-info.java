/**
 * What {@code java -jar watchpost.jar demo} adds: a small API that changes by itself and a receiver
 * that prints.
 */
package dev.watchpost.demo;
