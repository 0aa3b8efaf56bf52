/** How it runs, for those who operate it: metrics and health. It only looks; nobody imports it. */
package dev.watchpost.operation;
