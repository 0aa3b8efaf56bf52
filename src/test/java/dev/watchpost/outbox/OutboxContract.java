package dev.watchpost.outbox;

import static dev.watchpost.outbox.OutboxTables.created;
import static dev.watchpost.outbox.OutboxTables.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.SettableClock;
import dev.watchpost.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox promises, on whichever database a subclass opens. */
abstract class OutboxContract {
  private final SettableClock clock = new SettableClock(OutboxTables.NOW);
  private OutboxTables tables;
  private Outbox outbox;
  private Feed customers;

  abstract Database database();

  @BeforeEach
  void anInstanceWithAResource() {
    tables = new OutboxTables(database());
    tables.clear();
    outbox = new Outbox(database(), clock);
    tables.instance(795);
    customers = tables.feed(795, "customers", 10);
  }

  @Test
  void events_of_a_page_are_claimed_in_notifications_of_the_batch_size() {
    tables.append(
        outbox,
        customers,
        IntStream.range(0, 25).mapToObj(i -> created("c" + i)).toArray(NewEvent[]::new));

    List<Claimed> claimed = claim();

    assertThat(claimed).extracting(c -> c.events().size()).containsExactly(10, 10, 5);
    assertThat(claimed.get(0).messageId()).startsWith("msg_").hasSize(36);
    OutboxEvent first = claimed.get(0).events().get(0);
    assertThat(first.eventId()).startsWith("evt_").hasSize(36);
    assertThat(first.objectId()).isEqualTo("c0");
    assertThat(first.date()).isEqualTo("2018-08-20T15:29:06Z");
    assertThat(first.pollAt()).isEqualTo(OutboxTables.POLL);
    assertThat(first.raw()).isEqualTo("{\"id\":\"c0\",\"version\":1}");
    assertThat(claimed.get(0).pollAt()).isEqualTo(OutboxTables.POLL);
  }

  @Test
  void a_page_of_any_size_costs_at_most_three_statements() {
    assertThat(statementsToAppend(1, 1)).isLessThanOrEqualTo(3);
    assertThat(statementsToAppend(2, 500)).isLessThanOrEqualTo(3);
  }

  @Test
  void the_same_page_entered_again_is_refused_and_changes_nothing() {
    tables.append(outbox, customers, created("x"), created("y"));

    assertThatThrownBy(() -> tables.append(outbox, customers, created("x"), created("y")))
        .isInstanceOf(JdbiException.class);

    assertThat(outbox.count(EventFilter.of(795L))).isEqualTo(2);
  }

  @Test
  void a_record_of_two_million_characters_passes_unchanged() {
    String raw = "{\"text\":\"" + "ä".repeat(2_000_000) + "\"}";
    tables.append(
        outbox,
        customers,
        new NewEvent(EventType.UPDATED, "big", 1, OutboxTables.POLL, raw, "{}", "[\"/text\"]"));

    OutboxEvent event = claim().get(0).events().get(0);

    assertThat(event.raw().equals(raw)).isTrue();
    assertThat(event.before()).isEqualTo("{}");
    assertThat(event.changedFields()).isEqualTo("[\"/text\"]");
  }

  @Test
  void claimed_notification_is_not_claimed_again() {
    tables.append(outbox, customers, created("x"));

    assertThat(claim()).hasSize(1);
    assertThat(claim()).isEmpty();
  }

  @Test
  void lapsed_claim_is_claimed_again_under_the_same_ids_and_settles_nothing() {
    tables.append(outbox, customers, created("x"));
    Claimed lapsed = claim().get(0);
    clock.advance(Duration.ofSeconds(61));

    Claimed again = claim().get(0);

    assertThat(again.messageId()).isEqualTo(lapsed.messageId());
    assertThat(again.id()).isEqualTo(lapsed.id());
    assertThat(again.events()).isEqualTo(lapsed.events());
    assertThat(deliver(lapsed)).isFalse();
    assertThat(statusOf(again)).isEqualTo(EventStatus.PENDING);
    assertThat(deliver(again)).isTrue();
    assertThat(deliver(again)).isFalse();
    assertThat(statusOf(again)).isEqualTo(EventStatus.DELIVERED);
  }

  @Test
  void claim_of_a_process_that_died_is_released_when_the_next_one_starts() {
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(outbox, single, created("x"), created("y"), created("z"));
    List<Claimed> died = claim();
    deliver(died.get(0));
    retry(died.get(1), Duration.ofSeconds(5));

    assertThat(outbox.releaseClaims()).isEqualTo(1);

    Claimed again = only(claim());
    assertThat(objects(again)).containsExactly("z1");
    assertThat(again.messageId()).isEqualTo(died.get(2).messageId());
    assertThat(deliver(died.get(2))).isFalse();
    assertThat(deliver(again)).isTrue();
  }

  @Test
  void later_event_of_an_object_waits_for_the_earlier_one_to_be_delivered() {
    tables.append(outbox, customers, created("x"), updated("x", 2), created("y"));
    tables.append(outbox, customers, updated("x", 3));

    Claimed first = only(claim());
    assertThat(objects(first)).containsExactly("x1", "y1");
    deliver(first);

    Claimed second = only(claim());
    assertThat(objects(second)).containsExactly("x2");
    assertThat(claim()).isEmpty();
    deliver(second);
    assertThat(objects(only(claim()))).containsExactly("x3");
  }

  @Test
  void later_event_waits_while_the_earlier_one_waits_for_its_retry() {
    tables.append(outbox, customers, created("x"));
    tables.append(outbox, customers, updated("x", 2));
    tables.append(outbox, customers, created("z"));
    List<Claimed> first = claim();
    assertThat(first)
        .extracting(OutboxContract::objects)
        .containsExactly(List.of("x1"), List.of("z1"));

    retry(first.get(0), Duration.ofSeconds(5));
    deliver(first.get(1));

    assertThat(claim()).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    Claimed again = only(claim());
    assertThat(objects(again)).containsExactly("x1");
    assertThat(again.tries()).isEqualTo(1);
    deliver(again);
    assertThat(objects(only(claim()))).containsExactly("x2");
  }

  @Test
  void dead_letter_no_longer_blocks_its_object() {
    tables.append(outbox, customers, created("x"));
    tables.append(outbox, customers, updated("x", 2));
    Claimed first = only(claim());

    settle(first, new Settlement.Dead());

    assertThat(statusOf(first)).isEqualTo(EventStatus.DEAD);
    assertThat(objects(only(claim()))).containsExactly("x2");
  }

  @Test
  void notification_of_several_objects_waits_for_the_last_of_them() {
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(outbox, single, created("x"), created("y"));
    tables.append(outbox, customers, updated("x", 2), updated("y", 2), created("z"));
    List<Claimed> first = claim();
    assertThat(first).hasSize(2);

    deliver(first.get(0));
    assertThat(claim()).isEmpty();
    deliver(first.get(1));

    assertThat(objects(only(claim()))).containsExactly("x2", "y2", "z1");
  }

  @Test
  void same_object_id_in_another_resource_is_another_object() {
    tables.append(outbox, customers, created("x"));
    tables.append(outbox, tables.feed(795, "orders", 10), updated("x", 2));

    assertThat(claim()).hasSize(2);
  }

  @Test
  void parallel_settles_and_appends_leave_nothing_blocked_for_ever() throws Exception {
    int rounds = 60;
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    running.add(
        threads.submit(
            () -> {
              start.await();
              for (int i = 1; i <= rounds; i++) {
                tables.append(outbox, customers, updated("x", i), updated("y", i));
              }
              return null;
            }));
    for (int consumer = 0; consumer < 2; consumer++) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                for (int i = 0; i < rounds; i++) {
                  claim().forEach(this::deliver);
                }
                return null;
              }));
    }
    start.countDown();
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();

    List<Claimed> rest;
    do {
      rest = claim();
      rest.forEach(this::deliver);
    } while (!rest.isEmpty());
    assertThat(outbox.undelivered(795)).isZero();
  }

  @Test
  void two_processes_share_what_is_due_and_never_claim_the_same() {
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(outbox, single, created("x"), created("y"), created("z"));
    Outbox other = new Outbox(database(), clock);

    List<Claimed> claimed = new ArrayList<>(outbox.claim(2, id -> 4));
    claimed.addAll(other.claim(2, id -> 4));

    assertThat(claimed)
        .extracting(c -> c.events().get(0).objectId())
        .containsExactlyInAnyOrder("x", "y", "z");
  }

  @Test
  void instance_with_many_due_leaves_room_for_the_others() {
    tables.instance(796);
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(
        outbox,
        single,
        IntStream.range(0, 100).mapToObj(i -> created("c" + i)).toArray(NewEvent[]::new));
    tables.append(outbox, tables.feed(796, "orders", 1), created("o"));

    assertThat(outbox.claim(32, id -> 4))
        .extracting(Claimed::instanceId)
        .containsExactlyInAnyOrder(795L, 795L, 795L, 795L, 796L);
  }

  @Test
  void instances_take_turns_where_the_limit_is_small() {
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(outbox, single, created("a"), created("b"));
    tables.instance(796);
    tables.append(outbox, tables.feed(796, "orders", 1), created("c"), created("d"));

    assertThat(IntStream.range(0, 4).mapToObj(i -> only(outbox.claim(1, id -> 4)).instanceId()))
        .containsExactly(795L, 796L, 795L, 796L);
  }

  @Test
  void instance_without_room_is_passed_over() {
    tables.append(outbox, customers, created("x"));

    assertThat(outbox.claim(32, id -> 0)).isEmpty();
  }

  @Test
  void events_of_a_disabled_instance_wait_and_their_retry_clock_stands() {
    tables.append(outbox, customers, created("x"));
    tables.setDelivering(795, false);
    clock.advance(Duration.ofDays(30));
    assertThat(claim()).isEmpty();

    tables.setDelivering(795, true);

    assertThat(only(claim()).tries()).isZero();
  }

  @Test
  void gone_endpoint_gets_nothing_until_delivery_is_enabled_again() {
    tables.append(outbox, customers, created("x"));
    Claimed claimed = only(claim());
    outbox.disableDelivery(795, "410");
    settle(claimed, new Settlement.Waiting());
    clock.advance(Duration.ofDays(30));
    assertThat(claim()).isEmpty();
    assertThat(outbox.endpoint(795)).contains(new EndpointState(true, null, "410"));

    outbox.enableDelivery(795);

    Claimed again = only(claim());
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.tries()).isZero();
    assertThat(outbox.endpoint(795)).isEmpty();
  }

  @Test
  void slowed_endpoint_gets_nothing_until_the_later_of_two_times() {
    tables.append(outbox, customers, created("x"));
    Instant later = clock.instant().plusSeconds(60);
    outbox.slowDown(795, later, "429");
    outbox.slowDown(795, clock.instant().plusSeconds(5), "503");

    clock.advance(Duration.ofSeconds(59));
    assertThat(claim()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(claim()).hasSize(1);
  }

  @Test
  void attempts_are_listed_with_their_event() {
    tables.append(outbox, customers, created("x"));
    Claimed first = only(claim());
    retry(first, Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(5));
    deliver(only(claim()));

    StoredEvent event = outbox.event(first.events().get(0).eventId()).orElseThrow();

    assertThat(event.status()).isEqualTo(EventStatus.DELIVERED);
    assertThat(event.attempts()).isEqualTo(2);
    assertThat(event.nextAttemptAt()).isNull();
    assertThat(event.settledAt()).isEqualTo(clock.instant());
    assertThat(event.deliveries()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(event.deliveries().get(0).took()).isEqualTo(Duration.ofMillis(12));
  }

  @Test
  void events_are_filtered_counted_and_paged() {
    tables.append(outbox, customers, created("x"));
    tables.append(outbox, customers, updated("x", 2), created("y"));
    tables.append(outbox, tables.feed(795, "orders", 10), created("o"));
    deliver(claim().get(0));

    assertThat(outbox.count(EventFilter.of(795L))).isEqualTo(4);
    assertThat(outbox.count(EventFilter.of(null))).isEqualTo(4);
    assertThat(outbox.count(EventFilter.of(1L))).isZero();
    assertThat(outbox.events(EventFilter.of(795L), 2, 0)).hasSize(2);
    assertThat(outbox.events(EventFilter.of(795L), 10, 3)).hasSize(1);
    Instant poll = OutboxTables.POLL;
    EventFilter narrow =
        new EventFilter(
            795L, "customers", EventType.CREATED, EventStatus.DELIVERED, poll, poll.plusSeconds(1));
    assertThat(outbox.events(narrow, 10, 0))
        .extracting(e -> e.event().objectId())
        .containsExactly("x");
    assertThat(outbox.count(narrow)).isEqualTo(1);
    assertThat(outbox.count(new EventFilter(null, null, null, null, null, poll))).isZero();
  }

  @Test
  void redelivered_event_goes_out_under_the_same_ids_with_its_schedule_begun_anew() {
    tables.append(outbox, customers, created("x"));
    Claimed first = only(claim());
    settle(first, new Settlement.Dead());

    assertThat(outbox.redeliver(first.events().get(0).eventId())).isTrue();

    Claimed again = only(claim());
    assertThat(again.messageId()).isEqualTo(first.messageId());
    assertThat(again.tries()).isZero();
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(deliver(again)).isTrue();
    assertThat(outbox.redeliver("evt_unknown")).isFalse();
  }

  @Test
  void redelivered_event_goes_before_the_later_ones_of_its_object() {
    tables.append(outbox, customers, created("x"));
    Claimed first = only(claim());
    deliver(first);
    tables.append(outbox, customers, updated("x", 2));

    outbox.redeliver(first.events().get(0).eventId());

    Claimed again = only(claim());
    assertThat(objects(again)).containsExactly("x1");
    deliver(again);
    assertThat(objects(only(claim()))).containsExactly("x2");
  }

  @Test
  void event_entered_while_an_old_one_of_its_object_is_redelivered_waits_for_it() {
    tables.append(outbox, customers, created("x"));
    Claimed first = only(claim());
    deliver(first);
    tables.append(outbox, customers, updated("x", 2));
    deliver(only(claim()));
    outbox.redeliver(first.events().get(0).eventId());

    tables.append(outbox, customers, updated("x", 3), created("y"));

    Claimed again = only(claim());
    assertThat(objects(again)).containsExactly("x1");
    assertThat(claim()).isEmpty();
    deliver(again);
    assertThat(objects(only(claim()))).containsExactly("x3", "y1");
  }

  @Test
  void events_redelivered_together_keep_the_order_of_their_objects() {
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(outbox, single, created("x"), updated("x", 2), created("y"));
    tables.append(outbox, single, updated("x", 3));
    for (int i = 0; i < 3; i++) {
      claim().forEach(this::deliver);
    }
    assertThat(outbox.undelivered(795)).isZero();
    tables.append(outbox, single, updated("x", 4));

    assertThat(outbox.redeliver(EventFilter.of(795L))).isEqualTo(4);

    List<String> order = new ArrayList<>();
    for (List<Claimed> due = claim(); !due.isEmpty(); due = claim()) {
      due.forEach(c -> order.addAll(objects(c)));
      due.forEach(this::deliver);
    }
    assertThat(order).filteredOn(o -> o.startsWith("x")).containsExactly("x1", "x2", "x3", "x4");
    assertThat(order).hasSize(5);
  }

  @Test
  void event_that_is_being_sent_when_an_earlier_one_is_redelivered_waits_for_it_before_its_retry() {
    tables.append(outbox, customers, created("x"));
    Claimed first = only(claim());
    deliver(first);
    tables.append(outbox, customers, updated("x", 2));
    Claimed second = only(claim());
    outbox.redeliver(first.events().get(0).eventId());
    retry(second, Duration.ZERO);

    Claimed again = only(claim());
    assertThat(objects(again)).containsExactly("x1");
    assertThat(claim()).isEmpty();
    deliver(again);
    assertThat(objects(only(claim()))).containsExactly("x2");
  }

  @Test
  void events_of_one_notification_are_counted_and_paged_one_by_one() {
    tables.append(
        outbox,
        customers,
        IntStream.range(0, 25)
            .mapToObj(i -> i % 2 == 0 ? created("c" + i) : updated("c" + i, 2))
            .toArray(NewEvent[]::new));
    EventFilter created =
        new EventFilter(795L, null, EventType.CREATED, EventStatus.PENDING, null, null);

    assertThat(outbox.count(created)).isEqualTo(13);
    List<String> all = objects(EventFilter.of(795L), 100, 0);
    assertThat(all).hasSize(25);
    List<String> paged = new ArrayList<>();
    for (int offset = 0; offset < 13; offset += 4) {
      paged.addAll(objects(created, 4, offset));
    }
    assertThat(paged)
        .isEqualTo(all.stream().filter(id -> Integer.parseInt(id.substring(1)) % 2 == 0).toList());
    assertThat(objects(created, 10, 13)).isEmpty();
  }

  @Test
  void redelivering_what_waits_for_a_retry_makes_it_due_but_not_what_is_being_sent() {
    tables.append(outbox, customers, created("x"));
    Claimed first = only(claim());
    String eventId = first.events().get(0).eventId();
    outbox.redeliver(eventId);
    assertThat(claim()).isEmpty();
    retry(first, Duration.ofHours(10));

    outbox.redeliver(eventId);

    assertThat(claim()).hasSize(1);
  }

  @Test
  void redelivering_many_is_spread_over_time() {
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(
        outbox,
        single,
        IntStream.range(0, 25).mapToObj(i -> created("c" + i)).toArray(NewEvent[]::new));
    claim().forEach(this::deliver);

    assertThat(outbox.redeliver(EventFilter.of(795L))).isEqualTo(25);

    assertThat(claim()).hasSize(10);
    clock.advance(Duration.ofSeconds(1));
    assertThat(claim()).hasSize(10);
    clock.advance(Duration.ofSeconds(1));
    assertThat(claim()).hasSize(5);
  }

  @Test
  void undelivered_events_are_counted_one_by_one() {
    tables.append(outbox, customers, created("x"), created("y"));
    tables.append(outbox, customers, created("z"));
    assertThat(outbox.undelivered(795)).isEqualTo(3);

    deliver(claim().get(0));

    assertThat(outbox.undelivered(795)).isEqualTo(1);
  }

  @Test
  void purge_takes_what_was_settled_before_the_retention_and_never_what_is_pending() {
    Feed single = new Feed(795, customers.resourceId(), "customers", 1);
    tables.append(outbox, single, created("x"), created("y"), created("z"));
    List<Claimed> claimed = claim();
    deliver(claimed.get(0));
    settle(claimed.get(1), new Settlement.Dead());
    retry(claimed.get(2), Duration.ofHours(1));
    assertThat(outbox.purge(Duration.ofDays(7))).isZero();
    clock.advance(Duration.ofDays(8));

    assertThat(outbox.purge(Duration.ofDays(7))).isEqualTo(2);

    assertThat(outbox.events(EventFilter.of(795L), 10, 0))
        .extracting(e -> e.event().objectId())
        .containsExactly("z");
  }

  @Test
  void settling_what_was_deleted_with_its_instance_is_refused() {
    tables.append(outbox, customers, created("x"));
    Claimed claimed = only(claim());
    tables.clear();

    assertThat(deliver(claimed)).isFalse();
  }

  private List<Claimed> claim() {
    return outbox.claim(32, id -> 32);
  }

  private boolean deliver(Claimed claimed) {
    return settle(claimed, new Settlement.Delivered());
  }

  private void retry(Claimed claimed, Duration wait) {
    assertThat(settle(claimed, new Settlement.Retry(clock.instant().plus(wait)))).isTrue();
  }

  private boolean settle(Claimed claimed, Settlement.Result result) {
    Attempt attempt =
        new Attempt(
            claimed.attempts() + 1,
            clock.instant(),
            Duration.ofMillis(12),
            result instanceof Settlement.Delivered ? 200 : 500,
            "a word",
            "a reason");
    return outbox.settle(new Settlement(claimed, attempt, result));
  }

  private EventStatus statusOf(Claimed claimed) {
    return outbox.event(claimed.events().get(0).eventId()).orElseThrow().status();
  }

  private int statementsToAppend(long sequence, int events) {
    List<String> statements = new ArrayList<>();
    NewEvent[] page =
        IntStream.range(0, events)
            .mapToObj(i -> updated("c" + i, sequence))
            .toArray(NewEvent[]::new);
    database()
        .write(
            handle -> {
              handle
                  .getConfig(SqlStatements.class)
                  .setSqlLogger(
                      new SqlLogger() {
                        @Override
                        public void logAfterExecution(StatementContext context) {
                          statements.add(context.getRenderedSql());
                        }
                      });
              tables.append(outbox, handle, customers, List.of(page));
            });
    return statements.size();
  }

  private static Claimed only(List<Claimed> claimed) {
    assertThat(claimed).hasSize(1);
    return claimed.get(0);
  }

  private List<String> objects(EventFilter filter, int limit, int offset) {
    return outbox.events(filter, limit, offset).stream().map(e -> e.event().objectId()).toList();
  }

  private static List<String> objects(Claimed claimed) {
    return claimed.events().stream().map(e -> e.objectId() + e.sequence()).toList();
  }
}
