package dev.watchpost.bench;

import dev.watchpost.TestDatabase;
import dev.watchpost.bench.DeliveryReceiver.Post;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Deliveries to callbacks that answer at once, beside a bare loop that POSTs the same bodies with
 * as many threads: taking turns in one JVM, on one receiver; and how long a single change takes.
 */
final class DeliveryBenchmark {
  private static final int WARM_UP = Integer.getInteger("bench.deliveryWarmUp", 3);

  /** Rounds before the first row that count, however much is still compiled. */
  private static final int LONGEST_WARM_UP = Integer.getInteger("bench.deliveryLongestWarmUp", 60);

  private static final int ROUNDS = Integer.getInteger("bench.deliveryRounds", 5);
  private static final int POSTS = Integer.getInteger("bench.posts", 4_000);
  private static final int[] ENDPOINTS = numbers("bench.endpoints", "1,50");
  private static final int[] BATCHES = numbers("bench.batches", "1,10,100");
  private static final int MOST_EVENTS = 50_000;
  private static final int CHANGES = Integer.getInteger("bench.changes", 500);

  /** What Watchpost sends at once to one endpoint, and to many. */
  private static final int TO_ONE = 4;

  private static final int TO_MANY = 64;

  private DeliveryBenchmark() {}

  private static int[] numbers(String property, String otherwise) {
    return Arrays.stream(System.getProperty(property, otherwise).split(","))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  public static void main(String[] arguments) throws Exception {
    run();
    System.exit(0);
  }

  static void run() throws Exception {
    System.out.printf(
        "Deliveries, medians of %d rounds (events/s; the whole JVM's processor time an event)%n%n",
        ROUNDS);
    System.out.println(
        "| endpoints | batch | Watchpost | bare POSTs | ratio | bare POSTs and updates | ratio |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (int endpoints : ENDPOINTS) {
      for (int batch : BATCHES) {
        deliveries(endpoints, batch);
      }
    }
    latency();
  }

  private static void deliveries(int endpoints, int batch) throws Exception {
    WarmUp warmUp = new WarmUp(WARM_UP, LONGEST_WARM_UP);
    Timing ours = new Timing();
    Timing bare = new Timing();
    Timing updating = new Timing();
    int events = Math.min(MOST_EVENTS, POSTS * batch) / (endpoints * batch) * endpoints * batch;
    try (DeliveryReceiver receiver = new DeliveryReceiver();
        WatchpostDeliveries watchpost =
            new WatchpostDeliveries(receiver, TestDatabase.H2.freshUrl(), endpoints, batch);
        BareLoop loop = new BareLoop(endpoints == 1 ? TO_ONE : TO_MANY)) {
      int counted = 0;
      while (counted < ROUNDS) {
        boolean counts = warmUp.over();
        counted += counts ? 1 : 0;
        watchpost.enter(events);
        receiver.keep(true);
        ours.time(
            counts,
            events,
            () -> {
              watchpost.deliver();
              receiver.await(events / batch);
              watchpost.settled();
            });
        receiver.keep(false);
        List<Post> posts = receiver.taken();
        bare.time(counts, events, () -> loop.post(receiver.origin(), posts));
        receiver.await(posts.size());
        updating.time(
            counts,
            events,
            () ->
                loop.postAndUpdate(
                    receiver.origin(), posts, watchpost.database(), DeliveryBenchmark::update));
        receiver.await(posts.size());
      }
    }
    row(endpoints, batch, ours, bare, updating);
  }

  /** The row that a delivery changes. */
  private static void update(Handle handle, Post post) {
    handle.execute(
        "update notification set state = 'DELIVERED', settled_at = current_timestamp where id = ?",
        post.notification());
  }

  private static void row(int endpoints, int batch, Timing ours, Timing bare, Timing updating) {
    System.out.printf(
        "| %d | %d | %,.0f (%.0f µs) | %,.0f (%.0f µs) | %.2f | %,.0f (%.0f µs) | %.2f |%n",
        endpoints,
        batch,
        ours.rate(),
        ours.cpu(),
        bare.rate(),
        bare.cpu(),
        ours.rate() / bare.rate(),
        updating.rate(),
        updating.cpu(),
        ours.rate() / updating.rate());
  }

  private static void latency() throws Exception {
    List<Long> ours = new ArrayList<>();
    List<Long> bare = new ArrayList<>();
    try (DeliveryReceiver receiver = new DeliveryReceiver();
        WatchpostDeliveries watchpost =
            new WatchpostDeliveries(receiver, TestDatabase.H2.freshUrl(), 1, 1);
        BareLoop loop = new BareLoop(1)) {
      for (int i = 0; i < 2 * CHANGES; i++) {
        receiver.keep(true);
        long committed = watchpost.change();
        receiver.await(1);
        long ourTime = receiver.lastAt() - committed;
        watchpost.settled();
        receiver.keep(false);
        Post post = receiver.taken().get(0);
        long start = System.nanoTime();
        loop.send(receiver.origin(), post);
        receiver.await(1);
        if (i >= CHANGES) {
          ours.add(ourTime);
          bare.add(receiver.lastAt() - start);
        }
      }
    }
    System.out.printf(
        "%nA single change on an idle machine, until its POST is at the callback:%n%n");
    System.out.println("| | p50 | p99 |");
    System.out.println("|---|---|---|");
    System.out.printf("| after its commit | %.2f ms | %.2f ms |%n", at(ours, 50), at(ours, 99));
    System.out.printf("| a bare POST | %.2f ms | %.2f ms |%n", at(bare, 50), at(bare, 99));
    System.out.printf(
        "| ratio | %.1f | %.1f |%n%n", at(ours, 50) / at(bare, 50), at(ours, 99) / at(bare, 99));
  }

  private static double at(List<Long> nanos, int percent) {
    return nanos.stream()
            .sorted()
            .skip((long) nanos.size() * percent / 100)
            .findFirst()
            .orElseThrow()
        / 1e6;
  }
}
