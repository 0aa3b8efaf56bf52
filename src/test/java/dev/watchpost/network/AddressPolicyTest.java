package dev.watchpost.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  private static final AddressPolicy PUBLIC_ONLY = AddressPolicy.allowing("");
  private static final AddressPolicy EVERYTHING = AddressPolicy.allowing("0.0.0.0/0, ::/0");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "224.0.0.1",
        "239.255.255.250",
        "ff02::1",
        "169.254.0.1",
        "169.254.169.254",
        "fe80::1",
        "100.100.100.200",
        "fd00:ec2::254",
        "255.255.255.255",
        "240.0.0.1",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::",
        "::ffff:0:169.254.169.254",
        "64:ff9b:1:a9fe:a9:fe00::",
        "2001:0:5ef5:79fd:0:0:5601:5601"
      })
  void some_addresses_are_refused_whatever_is_listed(String literal) {
    assertThat(refusal(EVERYTHING, literal)).contains("never connected to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.255",
        "::1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2"
      })
  void private_addresses_are_refused_unless_listed(String literal) {
    assertThat(refusal(PUBLIC_ONLY, literal)).contains("to watchpost.network.allow");
    assertThat(refusal(EVERYTHING, literal)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "93.184.216.34",
        "172.32.0.1",
        "172.15.0.1",
        "100.128.0.1",
        "2606:4700::1111",
        "64:ff9b::1.1.1.1",
        "2002:101:101::"
      })
  void public_addresses_are_allowed(String literal) {
    assertThat(refusal(PUBLIC_ONLY, literal)).isNull();
  }

  @Test
  void refusal_names_host_address_reason_and_fix() throws Exception {
    assertThat(PUBLIC_ONLY.refusal("localhost", InetAddress.getByName("127.0.0.1")))
        .isEqualTo(
            "\"localhost\" (127.0.0.1) is a loopback address:"
                + " add 127.0.0.0/8 to watchpost.network.allow to connect to it.");
  }

  @Test
  void listed_block_allows_only_itself() {
    AddressPolicy policy = AddressPolicy.allowing(" 10.1.0.0/16 ,192.168.1.7, ::1");
    assertThat(refusal(policy, "10.1.255.1")).isNull();
    assertThat(refusal(policy, "10.2.0.1")).isNotNull();
    assertThat(refusal(policy, "192.168.1.7")).isNull();
    assertThat(refusal(policy, "192.168.1.8")).isNotNull();
    assertThat(refusal(policy, "::1")).isNull();
    assertThat(refusal(policy, "127.0.0.1")).isNotNull();
  }

  @Test
  void listed_block_allows_the_ipv6_forms_of_its_addresses() {
    AddressPolicy policy = AddressPolicy.allowing("127.0.0.0/8");
    assertThat(refusal(policy, "64:ff9b::127.0.0.1")).isNull();
    assertThat(refusal(policy, "64:ff9b::10.0.0.1")).isNotNull();
  }

  @Test
  void listed_host_allows_what_it_resolves_to_but_the_metadata_service() throws Exception {
    AddressPolicy policy = AddressPolicy.allowing("API.internal");
    assertThat(policy.refusal("api.internal.", InetAddress.getByName("10.0.0.1"))).isNull();
    assertThat(policy.refusal("other.internal", InetAddress.getByName("10.0.0.1"))).isNotNull();
    assertThat(policy.refusal("api.internal", InetAddress.getByName("169.254.169.254")))
        .contains("never connected to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata.google.internal", "METADATA.google.internal.", "metadata.goog"})
  void metadata_host_is_refused_wherever_it_leads(String host) throws Exception {
    assertThat(AddressPolicy.allowing(host).refusal(host, InetAddress.getByName("1.1.1.1")))
        .contains("cloud metadata service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0/8",
        "300.1.1.1",
        "fc00::/129",
        "http://localhost",
        "a b",
        "::x"
      })
  void entry_that_is_neither_block_nor_name_is_named(String entry) {
    assertThatThrownBy(() -> AddressPolicy.allowing("10.0.0.0/8," + entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + entry + "\"");
  }

  private static String refusal(AddressPolicy policy, String literal) {
    try {
      return policy.refusal(literal, InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
