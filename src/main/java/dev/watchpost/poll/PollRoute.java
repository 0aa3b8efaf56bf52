package dev.watchpost.poll;

/**
 * What a poll route polls, told by its id: {@code poll-<instanceId>-<resource>}. In an id Camel
 * fills in what stands in double braces, properties and the environment among it: they are
 * percent-encoded in a resource's name, and so is {@code %}.
 */
record PollRoute(long instanceId, String resource) {
  private static final String PREFIX = "poll-";

  static String id(long instanceId, String resource) {
    return PREFIX + instanceId + "-" + resource.replace("%", "%25").replace("{{", "{%7B");
  }

  static String id(PollRun run) {
    return id(run.instance().id(), run.resource().name());
  }

  static PollRoute of(String routeId) {
    int dash = routeId.indexOf('-', PREFIX.length());
    String resource = routeId.substring(dash + 1).replace("{%7B", "{{").replace("%25", "%");
    return new PollRoute(Long.parseLong(routeId.substring(PREFIX.length(), dash)), resource);
  }
}
