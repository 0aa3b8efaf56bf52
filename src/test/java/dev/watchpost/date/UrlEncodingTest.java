package dev.watchpost.date;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '\t',
      quoteCharacter = '`',
      textBlock =
          """
          https://h.example/a b?c d	https://h.example/a%20b?c%20d
          https://h.example/a?w=x>='1' and y<"2"	https://h.example/a?w=x%3E=%271%27%20and%20y%3C%222%22
          https://h.example/it's?it's	https://h.example/it's?it%27s
          https://h.example/{id}^x?{id}^x|y	https://h.example/%7Bid%7D%5Ex?{id}^x|y
          https://h.example/a%20b%2Fc?d%3d1	https://h.example/a%20b%2Fc?d%3d1
          https://h.example/100%?5%&x=%zz&y=%4	https://h.example/100%25?5%25&x=%25zz&y=%254
          https://h.example/a+b?c+d	https://h.example/a+b?c+d
          https://h.example/a?b#c?d	https://h.example/a?b
          https://h.example/é?ü=€😀	https://h.example/%C3%A9?%C3%BC=%E2%82%AC%F0%9F%98%80
          https://bücher.example/a	https://xn--bcher-kva.example/a
          https://u:p@h.example:8443/a b	https://u:p@h.example:8443/a%20b
          http://[::1]:8080/a[1]?b[2]	http://[::1]:8080/a[1]?b[2]
          https://h.example?a b	https://h.example?a%20b
          https://h.example/a\\b?c\\d	https://h.example/a/b?c\\d
          /rel ative?a=b?c	/rel%20ative?a=b?c
          ?only query	?only%20query
          ` /blanks around `	/blanks%20around
          ``	``
          """)
  void url_is_encoded_as_a_browser_would(String url, String encoded) {
    assertThat(UrlEncoding.encode(url)).isEqualTo(encoded);
    assertThat(UrlEncoding.encode(encoded)).as("encoded again").isEqualTo(encoded);
  }

  @ParameterizedTest
  @CsvSource({"'a\tb\nc', abc", "'a\u0001', a%01", "'a\uD800b', a%EF%BF%BDb"})
  void control_characters_and_broken_text_do_no_harm(String url, String encoded) {
    assertThat(UrlEncoding.encode(url)).isEqualTo(encoded);
  }
}
