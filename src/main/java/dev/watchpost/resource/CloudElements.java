package dev.watchpost.resource;

import java.util.Map;

/** Settings of a resource that Cloud Elements has and that are not needed here. */
final class CloudElements {
  /** Why each has no effect, to follow those words. */
  static final Map<String, String> NOT_NEEDED =
      Map.of(
          "filterByCurrentDate",
          ": what is changed while a poll runs is read, and never delivered twice",
          "useLastPollDate",
          ": tokens always stand for the last successful poll",
          "xPath",
          "; recordsPath says where the records are",
          "xPathFilter",
          "; recordsPath says where the records are",
          "batchSize",
          "; event.notification.batch.size of the instance says how many events go together",
          "objectName",
          ": the name of the resource is the objectType of its events",
          "parameters",
          "; write query parameters into the url",
          "postHooks",
          ": there are no hooks",
          "postHookPipelines",
          ": there are no hooks",
          "useHydrationBeforePostHooks",
          ": there are no hooks");

  private CloudElements() {}
}
