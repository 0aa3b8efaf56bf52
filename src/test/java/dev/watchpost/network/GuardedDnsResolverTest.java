package dev.watchpost.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;

class GuardedDnsResolverTest {

  private final InMemoryDnsResolver names = new InMemoryDnsResolver();
  private final GuardedDnsResolver resolver =
      new GuardedDnsResolver(AddressPolicy.allowing(""), names);

  @Test
  void only_allowed_addresses_are_handed_on() throws Exception {
    names.add("mixed.example", address("10.0.0.1"), address("1.1.1.1"), address("::1"));
    assertThat(resolver.resolve("mixed.example")).containsExactly(address("1.1.1.1"));
  }

  @Test
  void name_that_leads_inside_only_is_refused_in_words() throws Exception {
    names.add("rebind.example", address("127.0.0.1"));
    assertThatThrownBy(() -> resolver.resolve("rebind.example"))
        .isInstanceOf(AddressRefused.class)
        .hasMessageStartingWith("\"rebind.example\" (127.0.0.1) is a loopback address");
  }

  private static InetAddress address(String literal) throws Exception {
    return InetAddress.getByName(literal);
  }
}
