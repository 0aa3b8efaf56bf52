package dev.watchpost.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The customers of the demo's API, by id. Dates are whole seconds in UTC. Thread-safe. */
final class Customers {

  private static final int LIMIT = 200;
  private static final Set<String> KEPT = Set.of("id", "created_at", "updated_at");

  private final ObjectMapper json = new ObjectMapper();
  private final TreeMap<Long, ObjectNode> byId = new TreeMap<>();
  private final Clock clock;
  private long lastId;

  Customers(Clock clock) {
    this.clock = clock;
    for (String name : List.of("Ada Lovelace", "Grace Hopper", "Joan Clarke", "Alan Turing")) {
      add(named(name), clock.instant().minus(Duration.ofDays(30)));
    }
  }

  ObjectNode named(String name) {
    String mail = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.com";
    return json.createObjectNode().put("name", name).put("email", mail);
  }

  /** Empty where there are too many already: the demo is no database. */
  synchronized Optional<ObjectNode> create(ObjectNode fields) {
    return byId.size() >= LIMIT
        ? Optional.empty()
        : Optional.of(add(fields, clock.instant()).deepCopy());
  }

  private ObjectNode add(ObjectNode fields, Instant when) {
    String now = text(when);
    ObjectNode customer = json.createObjectNode().put("id", ++lastId);
    customer.setAll(free(fields));
    customer.put("created_at", now).put("updated_at", now);
    byId.put(lastId, customer);
    return customer;
  }

  synchronized Optional<ObjectNode> find(long id) {
    return Optional.ofNullable(byId.get(id)).map(ObjectNode::deepCopy);
  }

  /**
   * Empty where there is no such customer.
   *
   * @param whole true: fields that are not given go away
   */
  synchronized Optional<ObjectNode> change(long id, ObjectNode fields, boolean whole) {
    ObjectNode customer = byId.get(id);
    if (customer == null) {
      return Optional.empty();
    }
    if (whole) {
      customer.retain(KEPT);
    }
    customer.setAll(free(fields));
    customer.put("updated_at", text(clock.instant()));
    return Optional.of(customer.deepCopy());
  }

  synchronized Optional<ObjectNode> delete(long id) {
    return Optional.ofNullable(byId.remove(id));
  }

  /** In the order of their change, as an incremental reader wants them. */
  synchronized List<ObjectNode> changedSince(String date) {
    List<ObjectNode> found = new ArrayList<>();
    byId.values().stream()
        .filter(customer -> updated(customer).compareTo(date) >= 0)
        .sorted(Comparator.comparing(Customers::updated))
        .forEach(customer -> found.add(customer.deepCopy()));
    return found;
  }

  synchronized int count() {
    return byId.size();
  }

  synchronized Optional<ObjectNode> leastRecentlyChanged() {
    return changedSince("").stream().findFirst();
  }

  private static ObjectNode free(ObjectNode fields) {
    return fields.deepCopy().remove(KEPT);
  }

  private static String updated(ObjectNode customer) {
    return customer.get("updated_at").textValue();
  }

  private static String text(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
