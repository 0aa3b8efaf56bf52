package dev.watchpost.poll;

/** What a poll route polls, told by its id: {@code poll-<instanceId>-<resource>}. */
record PollRoute(long instanceId, String resource) {
  private static final String PREFIX = "poll-";

  static String id(long instanceId, String resource) {
    return PREFIX + instanceId + "-" + resource;
  }

  static String id(PollRun run) {
    return id(run.instance().id(), run.resource().name());
  }

  static PollRoute of(String routeId) {
    int dash = routeId.indexOf('-', PREFIX.length());
    return new PollRoute(
        Long.parseLong(routeId.substring(PREFIX.length(), dash)), routeId.substring(dash + 1));
  }
}
