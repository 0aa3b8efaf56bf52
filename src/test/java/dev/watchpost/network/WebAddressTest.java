package dev.watchpost.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com",
        "HTTP://api.example.com:8080/x?where=a>='${date}'",
        "http://127.0.0.1/",
        "http://[::1]:80/x@y"
      })
  void web_addresses_have_no_problem(String url) {
    assertThat(WebAddress.problem(url)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/customers | absolute",
        "mailto:x | absolute",
        "ftp://a/b | http:// or https://",
        "file:///etc/passwd | http:// or https://",
        "http:///x | host",
        "http://user:pw@a/b | user name",
        "http://a.example\\@b.example/ | backslash",
        "http://my_host/ | host",
        "http://a b/ | host",
        "http://a:99999/ | port",
        "http://a:x/ | host"
      })
  void problem_says_what_is_wrong(String url, String words) {
    assertThat(WebAddress.problem(url)).contains(words);
  }

  @Test
  void url_is_taken_apart_as_it_is() {
    assertThat(WebAddress.of("http://a:8080/x/%7Ey~?q=%27|%2B#part"))
        .isEqualTo(new WebAddress("http://a:8080/", "/x/%7Ey~?q=%27|%2B"));
    assertThat(WebAddress.of("https://a?x=1")).isEqualTo(new WebAddress("https://a/", "/?x=1"));
  }

  @Test
  void url_with_unencoded_text_is_refused() {
    assertThatThrownBy(() -> WebAddress.of("http://a/x y")).hasMessageContaining("encoded");
    assertThatThrownBy(() -> WebAddress.of("http://a/\r\nX: y"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
