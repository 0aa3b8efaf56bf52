package dev.watchpost.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** What happens to the customers without anybody: one is created, one edited, one deleted. */
final class OwnChanges implements Runnable {

  private static final int FEWEST = 5;
  private static final int MOST = 15;
  private static final List<String> NAMES =
      List.of(
          "Katherine Johnson",
          "Dennis Ritchie",
          "Barbara Liskov",
          "Edsger Dijkstra",
          "Frances Allen",
          "Tony Hoare",
          "Radia Perlman",
          "Donald Knuth");
  private static final List<String> CITIES = List.of("London", "Vienna", "Oslo", "Lisbon", "Turin");

  private final Customers customers;
  private final Consumer<String> announce;
  private int step;

  OwnChanges(Customers customers, Consumer<String> announce) {
    this.customers = customers;
    this.announce = announce;
  }

  @Override
  public void run() {
    int turn = step++;
    if (turn % 3 == 0 && customers.count() < MOST || customers.count() < FEWEST) {
      create(NAMES.get(turn / 3 % NAMES.size()));
    } else if (turn % 3 == 1) {
      customers.leastRecentlyChanged().ifPresent(customer -> edit(customer, turn));
    } else {
      customers.leastRecentlyChanged().ifPresent(this::delete);
    }
  }

  private void create(String name) {
    customers.create(customers.named(name)).ifPresent(it -> announce.accept(line("created", it)));
  }

  private void edit(ObjectNode customer, int turn) {
    ObjectNode fields = customer.objectNode().put("city", CITIES.get(turn / 3 % CITIES.size()));
    customers
        .change(id(customer), fields, false)
        .ifPresent(it -> announce.accept(line("edited", it)));
  }

  private void delete(ObjectNode customer) {
    customers.delete(id(customer)).ifPresent(it -> announce.accept(line("deleted", it)));
  }

  private static long id(ObjectNode customer) {
    return customer.get("id").longValue();
  }

  /** {@code API: created customer 12 (Ada Lovelace)}. */
  static String line(String verb, ObjectNode customer) {
    return "API: %s customer %d (%s)"
        .formatted(verb, id(customer), customer.path("name").asText("no name"));
  }
}
