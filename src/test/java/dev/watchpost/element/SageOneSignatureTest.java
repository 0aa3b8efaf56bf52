package dev.watchpost.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SageOneSignatureTest {
  private static final String NONCE = "d6657d14f6d3d9de453ff4b0dc686c6d";

  private static SageOneSignature signature(String owner) {
    return SageOneSignature.of("secret", "token", owner);
  }

  @Test
  void version_1_signs_query_and_form_as_sage_s_vector_says() {
    String base =
        signature(null)
            .base(
                "POST",
                "https://api.sageone.com/accounts/v1/contacts?config_setting=foo",
                "contact%5Bcontact_type_id%5D=1&contact%5Bname%5D=My+Customer",
                NONCE);

    assertThat(base)
        .isEqualTo(
            "POST&https%3A%2F%2Fapi.sageone.com%2Faccounts%2Fv1%2Fcontacts&config_setting%3Dfoo%26contact%255Bcontact_type_id%255D%3D1%26contact%255Bname%255D%3DMy%2520Customer&d6657d14f6d3d9de453ff4b0dc686c6d");
  }

  @Test
  void version_3_signs_body_and_resource_owner_as_sage_s_vector_says() {
    String url = "https://api.sage.com/gb/sageone/accounts/v3/contacts?config_setting=foo";
    String expected =
        "POST&https%3A%2F%2Fapi.sage.com%2Fgb%2Fsageone%2Faccounts%2Fv3%2Fcontacts&body%3D%26config_setting%3Dfoo&d6657d14f6d3d9de453ff4b0dc686c6d&bad0ff1ce";

    assertThat(signature("bad0ff1ce").base("POST", url, "", NONCE)).isEqualTo(expected);
    assertThat(signature("bad0ff1ce").base("POST", url, null, NONCE)).isEqualTo(expected);
  }

  @Test
  void version_3_signs_a_body_as_base64() {
    String base =
        signature("bad0ff1ce")
            .base("POST", "https://h/us/sageone/accounts/v3/contacts", "{\"a\":\"ü\"}", NONCE);

    // {"a":"ü"} is eyJhIjoiw7wifQ==, whose signs are encoded twice
    assertThat(base).contains("&body%3DeyJhIjoiw7wifQ%253D%253D&");
  }

  @Test
  void parameters_are_encoded_by_rfc_3986_and_then_sorted() {
    String base =
        signature(null)
            .base(
                "GET",
                "https://h:443/accounts/v3/x?a.c=2&b=~*%20%2B&a=%C3%BC&b=1&a[c]=3",
                null,
                NONCE);

    assertThat(base)
        .isEqualTo(
            "GET&https%3A%2F%2Fh%2Faccounts%2Fv3%2Fx&a%255Bc%255D%3D3%26a.c%3D2%26a%3D%25C3%25BC%26b%3D1%26b%3D~%252A%2520%252B%26body%3D&"
                + NONCE);
  }

  @Test
  void a_port_of_its_own_is_signed() {
    assertThat(signature(null).base("GET", "http://127.0.0.1:8080/accounts/v3/x", null, "n"))
        .startsWith("GET&http%3A%2F%2F127.0.0.1%3A8080%2Faccounts%2Fv3%2Fx&");
  }

  @Test
  void no_nonce_comes_twice_and_no_secret_is_shown() {
    Map<String, String> first = signature("o").headers("GET", "https://h/accounts/v3/x", null);
    Map<String, String> second = signature("o").headers("GET", "https://h/accounts/v3/x", null);

    assertThat(first).containsOnlyKeys("X-Nonce", "X-Signature");
    assertThat(first.get("X-Nonce")).hasSize(32).isNotEqualTo(second.get("X-Nonce"));
    assertThat(first.get("X-Signature")).isNotEqualTo(second.get("X-Signature"));
    assertThat(signature("o").toString()).doesNotContain("secret", "token");
  }
}
