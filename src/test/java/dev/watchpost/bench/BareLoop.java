package dev.watchpost.bench;

import dev.watchpost.bench.DeliveryReceiver.Post;
import dev.watchpost.store.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jdbi.v3.core.Handle;

/**
 * What delivering could cost at the least: threads that POST ready bodies with the HTTP client that
 * Watchpost uses, as it comes, and where asked update the notification's rows after each.
 */
final class BareLoop implements AutoCloseable {
  private final CloseableHttpClient client;
  private final ExecutorService threads;
  private final int concurrency;

  /** After each POST, on the thread's own connection. */
  interface After {
    void accept(Handle handle, Post post);
  }

  BareLoop(int concurrency) {
    this.concurrency = concurrency;
    this.threads = Executors.newFixedThreadPool(concurrency);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(concurrency)
                    .setMaxConnTotal(concurrency)
                    .build())
            .build();
  }

  void post(String origin, List<Post> posts) throws Exception {
    run(posts, post -> send(origin, post));
  }

  void postAndUpdate(String origin, List<Post> posts, Database database, After after)
      throws Exception {
    run(
        posts,
        post -> {
          send(origin, post);
          database.deferred(
              handle -> {
                after.accept(handle, post);
                return null;
              });
        });
  }

  private interface Work {
    void run(Post post) throws Exception;
  }

  private void run(List<Post> posts, Work work) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < concurrency; thread++) {
      running.add(
          threads.submit(
              () -> {
                for (int at = next.getAndIncrement();
                    at < posts.size();
                    at = next.getAndIncrement()) {
                  work.run(posts.get(at));
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  void send(String origin, Post post) throws Exception {
    HttpPost request = new HttpPost(origin + post.path());
    post.headers().forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(post.body(), ContentType.APPLICATION_JSON));
    client.execute(
        request,
        answer -> {
          EntityUtils.consume(answer.getEntity());
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    client.close();
  }
}
