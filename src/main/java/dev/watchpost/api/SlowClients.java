package dev.watchpost.api;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * Closes connections to our ports whose clients take too long: for the head of their first request,
 * for the body of a request, from an answer to the head of the next request. What counts is the
 * whole of each, so that a byte now and then keeps nothing open. How long an answer takes us is not
 * looked at. Camel has no settings for this and makes its servers itself, so this is the Vert.x
 * that it makes them of.
 */
public final class SlowClients implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 2_000;

  private final Vertx vertx = Vertx.vertx();
  private final ApiPolicy.Patience patience;
  private final Map<HttpConnection, Client> clients = new ConcurrentHashMap<>();

  private SlowClients(ApiPolicy.Patience patience) {
    this.patience = patience;
  }

  /** For all servers that {@code context} makes from now on; closed after them. */
  public static SlowClients cutOff(CamelContext context, ApiPolicy.Patience patience) {
    SlowClients slow = new SlowClients(patience);
    context.getRegistry().bind("watchpostVertx", Vertx.class, slow.new Servers());
    return slow;
  }

  private final class Servers extends VertxWrapper {
    Servers() {
      super((VertxInternal) vertx);
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
      // a connection that changes its protocol would be another one halfway
      HttpServer server = super.createHttpServer(options.setHttp2ClearTextEnabled(false));
      server.connectionHandler(SlowClients.this::connected);
      return (HttpServer)
          Proxy.newProxyInstance(
              HttpServer.class.getClassLoader(),
              new Class<?>[] {HttpServer.class},
              (proxy, method, arguments) -> call(server, method, arguments));
    }
  }

  private Object call(HttpServer server, Method method, Object[] arguments) throws Throwable {
    try {
      if (method.getName().equals("requestHandler") && arguments != null) {
        return server.requestHandler(watched(arguments[0]));
      }
      return method.invoke(server, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @SuppressWarnings("unchecked")
  private Handler<HttpServerRequest> watched(Object handler) {
    if (handler instanceof Router router) {
      router.route().order(Integer.MIN_VALUE).handler(this::asked);
    }
    return (Handler<HttpServerRequest>) handler;
  }

  private void connected(HttpConnection connection) {
    if (clients.size() >= MOST_CONNECTIONS) {
      connection.close();
      return;
    }
    Client client = new Client(connection);
    clients.put(connection, client);
    connection.closeHandler(
        closed -> {
          client.wait(null);
          clients.remove(connection);
        });
    client.wait(patience.header());
  }

  private void asked(RoutingContext request) {
    Client client = clients.get(request.request().connection());
    if (client != null) {
      client.asked(request);
    }
    request.next();
  }

  /** A connection. Its handlers all run on its own thread. */
  private final class Client {
    private static final long NONE = -1;

    private final HttpConnection connection;
    private long timer = NONE;
    private int underway;

    Client(HttpConnection connection) {
      this.connection = connection;
    }

    /**
     * @param longest until it is closed; null: for good
     */
    private synchronized void wait(Duration longest) {
      if (timer != NONE) {
        vertx.cancelTimer(timer);
        timer = NONE;
      }
      if (longest != null) {
        timer = vertx.setTimer(longest.toMillis(), late -> connection.close());
      }
    }

    private synchronized void asked(RoutingContext request) {
      underway++;
      wait(patience.body());
      request.request().end().onComplete(read -> wait(null));
      request.addEndHandler(answered -> answered());
    }

    private synchronized void answered() {
      underway--;
      if (underway == 0) {
        wait(patience.idle());
      }
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
