package dev.watchpost.endtoend;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What came back; the connection was closed after it.
 *
 * @param status 0: closed without an answer
 */
record RawAnswer(int status, String head, String body) {
  private static final byte[] END = {13, 10, 13, 10};

  /**
   * @throws java.net.SocketTimeoutException where nothing comes for that long
   */
  static RawAnswer to(RawRequest request, int port, Duration patience) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      socket.setSoTimeout((int) patience.toMillis());
      try {
        byte[] bytes = request.bytes();
        socket.getOutputStream().write(bytes, 0, (int) (bytes.length * request.cut()));
        if (request.cut() < 1) {
          socket.shutdownOutput();
        }
      } catch (IOException refused) {
        // answered before all of it was sent, and closed
      }
      return of(read(socket));
    }
  }

  private static byte[] read(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException reset) {
      return new byte[0];
    }
  }

  private static RawAnswer of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf(new String(END, StandardCharsets.US_ASCII));
    if (end < 0) {
      return new RawAnswer(0, "", "");
    }
    String head = text.substring(0, end);
    if (head.startsWith("HTTP/1.1 100")) {
      return of(text.substring(end + END.length).getBytes(StandardCharsets.UTF_8));
    }
    int status = Integer.parseInt(head.substring(9, 12));
    return new RawAnswer(status, head, text.substring(end + END.length));
  }

  boolean has(String header) {
    return head.toLowerCase(java.util.Locale.ROOT)
        .contains("\r\n" + header.toLowerCase(java.util.Locale.ROOT) + ":");
  }
}
