package dev.watchpost.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that shows a request as it came over the wire and answers whatever bytes it is told. */
public final class RawServer implements AutoCloseable {

  /** Writes one answer; the connection stays open until it returns false or fails. */
  public interface Answer {
    boolean write(OutputStream out) throws Exception;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final BlockingQueue<List<String>> requests = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Answer answer;

  public RawServer(Answer answer) throws IOException {
    this.answer = answer;
    start(this::accept);
  }

  public static RawServer answering(String text) throws IOException {
    return new RawServer(out -> write(out, text));
  }

  public static boolean write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return true;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  /** Request line and headers of the next request. */
  public List<String> request() throws InterruptedException {
    return requests.poll(10, TimeUnit.SECONDS);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      do {
        requests.add(head(in));
      } while (answer.write(socket.getOutputStream()));
    } catch (Exception gone) {
      // so is the client
    }
  }

  private static List<String> head(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("closed");
      }
      lines.add(line);
    }
    return lines;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
