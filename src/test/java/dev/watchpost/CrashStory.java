package dev.watchpost;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the source holds before Watchpost dies, while it works, and once it is started again.
 *
 * @param before what was read in peace: at ten, and what changed by ten past ten
 * @param dying at twenty past ten
 * @param after at twenty to eleven
 * @param sending what the process that dies delivers
 * @param expected events by object in the end, each as type and version
 */
record CrashStory(
    List<List<ObjectNode>> before,
    List<ObjectNode> dying,
    List<ObjectNode> after,
    Sending sending,
    Map<String, List<String>> expected) {
  /** What a process delivers before it dies. */
  enum Sending {
    NOTHING,
    /** What it has polled, accepted at the first try. */
    AT_ONCE,
    /** What waited, accepted at the second try, then what it has polled. */
    AFTER_REFUSAL
  }

  static final Instant FIRST_POLL = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant SECOND_POLL = Instant.parse("2026-03-01T10:10:00Z");
  static final Instant DYING = Instant.parse("2026-03-01T10:20:00Z");
  static final Instant RESTARTED = Instant.parse("2026-03-01T10:40:00Z");

  /** The first page is two batches. */
  static final int PAGE_SIZE = 501;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EDITED_TWICE = "edited twice";
  private static final String FIRST_EDIT = "UPDATED 1";
  private static final int FILLERS = 497;
  private static final String OLD = "2026-02-01T00:00:00Z";

  /**
   * Two pages in three batches, with records updated in each, created, deleted, quarantined and
   * mended; one of them changes once more while nobody runs.
   */
  static CrashStory poll() {
    List<ObjectNode> first = new ArrayList<>();
    first.add(record(EDITED_TWICE, 0, OLD));
    first.add(record("mended", 0, "some day"));
    first.add(record("broken", 0, OLD));
    for (int filler = 0; filler < FILLERS; filler++) {
      first.add(record("same " + filler, 0, OLD));
    }
    first.add(record("edited", 0, OLD));
    first.add(record("edited on page 2", 0, OLD));
    List<ObjectNode> dying = new ArrayList<>(first);
    first.add(record("gone", 0, OLD));
    first.add(record("gone as well", 0, OLD));
    dying.set(0, record(EDITED_TWICE, 1, "2026-03-01T10:11:00Z"));
    dying.set(1, record("mended", 1, "2026-03-01T10:11:00Z"));
    dying.set(2, record("broken", 1, "some day"));
    dying.set(FILLERS + 3, record("edited", 1, "2026-03-01T10:12:00Z"));
    dying.set(FILLERS + 4, record("edited on page 2", 1, "2026-03-01T10:12:00Z"));
    dying.add(record("new", 1, "2026-03-01T10:13:00Z"));
    List<ObjectNode> after = new ArrayList<>(dying);
    after.set(0, record(EDITED_TWICE, 2, "2026-03-01T10:30:00Z"));
    after.add(record("new later", 2, "2026-03-01T10:30:00Z"));
    Map<String, List<String>> expected = new TreeMap<>();
    expected.put(EDITED_TWICE, List.of(FIRST_EDIT, "UPDATED 2"));
    expected.put("mended", List.of("CREATED 1"));
    expected.put("edited", List.of("UPDATED 1"));
    expected.put("edited on page 2", List.of("UPDATED 1"));
    expected.put("gone", List.of("DELETED"));
    expected.put("gone as well", List.of("DELETED"));
    expected.put("new", List.of("CREATED 1"));
    expected.put("new later", List.of("CREATED 2"));
    return new CrashStory(List.of(first, first), dying, after, Sending.NOTHING, expected);
  }

  /** A notification that is refused once, and one that waits for it, for they share an object. */
  static CrashStory delivery() {
    List<ObjectNode> none = List.of(record("same", 0, OLD));
    ObjectNode created = record(EDITED_TWICE, 0, "2026-03-01T10:05:00Z");
    ObjectNode edited = record(EDITED_TWICE, 1, "2026-03-01T10:15:00Z");
    ObjectNode editedAgain = record(EDITED_TWICE, 2, "2026-03-01T10:30:00Z");
    ObjectNode other = record("new", 1, "2026-03-01T10:15:00Z");
    ObjectNode later = record("new later", 2, "2026-03-01T10:30:00Z");
    Map<String, List<String>> expected = new TreeMap<>();
    expected.put(EDITED_TWICE, List.of("CREATED 0", FIRST_EDIT, "UPDATED 2"));
    expected.put("new", List.of("CREATED 1"));
    expected.put("new later", List.of("CREATED 2"));
    return new CrashStory(
        List.of(none, List.of(none.get(0), created)),
        List.of(none.get(0), edited, other),
        List.of(none.get(0), editedAgain, other, later),
        Sending.AFTER_REFUSAL,
        expected);
  }

  /** A record that is polled and sent, and edited again while nobody runs. */
  static CrashStory freshDelivery() {
    ObjectNode same = record("same", 0, OLD);
    ObjectNode edited = record(EDITED_TWICE, 1, "2026-03-01T10:15:00Z");
    ObjectNode editedAgain = record(EDITED_TWICE, 2, "2026-03-01T10:30:00Z");
    return new CrashStory(
        List.of(List.of(same), List.of(same)),
        List.of(same, edited),
        List.of(same, editedAgain),
        Sending.AT_ONCE,
        Map.of(EDITED_TWICE, List.of("CREATED 1", "UPDATED 2")));
  }

  /**
   * What may be in the outbox in the end. Of the record that is edited twice the first edit counts
   * where it was committed; H2 may forget a commit of which nothing was sent.
   */
  List<Map<String, List<String>>> outcomes(int commits, TestDatabase database) {
    boolean polled = sending != Sending.NOTHING || commits > 0;
    boolean sent = sending != Sending.NOTHING && commits > 1;
    if (polled && (sent || database == TestDatabase.POSTGRESQL)) {
      return List.of(expected);
    }
    Map<String, List<String>> missed = new TreeMap<>(expected);
    missed.computeIfPresent(
        EDITED_TWICE, (id, story) -> story.stream().filter(e -> !e.equals(FIRST_EDIT)).toList());
    return polled ? List.of(expected, missed) : List.of(missed);
  }

  private static ObjectNode record(String id, int version, String updated) {
    return JSON.createObjectNode().put("id", id).put("version", version).put("updated_at", updated);
  }

  /** The instance that watches the source. */
  static ObjectNode request(String source, String callback) {
    ObjectNode request = JSON.createObjectNode();
    request.putObject("element").put("key", "rest");
    ObjectNode configuration = request.putObject("configuration");
    configuration.put("base.url", source);
    configuration.put("event.notification.enabled", true);
    configuration.put("event.notification.callback.url", callback);
    configuration.put("event.notification.signature.key", "a key");
    configuration.put("event.poller.refresh_interval", 5);
    ObjectNode things = configuration.putObject("event.poller.configuration").putObject("things");
    things.put("url", "/things").put("idField", "id");
    things.put("deletes", "sweep").put("sweepConfirmations", 1);
    things.putObject("pagination").put("type", "link");
    things
        .putObject("datesConfiguration")
        .put("updatedDateField", "updated_at")
        .put("updatedDateFormat", "yyyy-MM-dd'T'HH:mm:ss'Z'")
        .put("updatedDateTimezone", "GMT");
    return request;
  }
}
