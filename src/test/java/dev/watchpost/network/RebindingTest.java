package dev.watchpost.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Names whose addresses change or are several, asked over real connections: 127.0.0.1 stands for a
 * public address, 127.0.0.2 for a private one.
 */
@Timeout(30)
class RebindingTest {
  private static final String CLOSING =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

  /** One list of addresses for each time it is asked; the last one for good. */
  private static final class Names implements DnsResolver {
    private final Deque<List<String>> answers;

    Names(List<List<String>> answers) {
      this.answers = new ArrayDeque<>(answers);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      List<String> literals = answers.size() > 1 ? answers.poll() : answers.peek();
      InetAddress[] addresses = new InetAddress[literals.size()];
      for (int i = 0; i < addresses.length; i++) {
        addresses[i] = InetAddress.getByName(literals.get(i));
      }
      return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      throw new UnsupportedOperationException();
    }
  }

  private static CloseableHttpClient client(Names names) {
    AddressPolicy policy = AddressPolicy.allowing("127.0.0.1");
    return GuardedHttp.forPolls(new GuardedDnsResolver(policy, names), Duration.ofSeconds(5))
        .client();
  }

  private static int get(CloseableHttpClient client, RawServer server) throws Exception {
    int port = URI.create(server.url()).getPort();
    HttpGet request = new HttpGet("http://rebind.example.com:%d/".formatted(port));
    return client.execute(request, answer -> answer.getCode());
  }

  @Test
  void name_that_turns_private_after_the_first_connection_is_refused_at_the_next()
      throws Exception {
    try (RawServer server = RawServer.answering(CLOSING);
        CloseableHttpClient client =
            client(new Names(List.of(List.of("127.0.0.1"), List.of("127.0.0.2"))))) {
      assertThat(get(client, server)).isEqualTo(200);
      assertThatThrownBy(() -> get(client, server))
          .isInstanceOf(AddressRefused.class)
          .hasMessageContaining("(127.0.0.2) is a loopback address");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void name_is_resolved_once_for_check_and_connection() throws Exception {
    Names names = new Names(List.of(List.of("127.0.0.1"), List.of("127.0.0.2")));
    try (RawServer server = RawServer.answering(CLOSING);
        CloseableHttpClient client = client(names)) {
      assertThat(get(client, server)).isEqualTo(200);
      assertThat(names.answers).as("answers that nobody asked for").hasSize(1);
    }
  }

  @Test
  void of_several_addresses_only_those_allowed_are_connected_to() throws Exception {
    Names names = new Names(List.of(List.of("127.0.0.2", "169.254.169.254", "127.0.0.1")));
    try (RawServer server = RawServer.answering(CLOSING);
        CloseableHttpClient client = client(names)) {
      assertThat(get(client, server)).isEqualTo(200);
      assertThat(server.request()).contains("Host: rebind.example.com:" + port(server));
    }
  }

  private static int port(RawServer server) {
    return URI.create(server.url()).getPort();
  }
}
