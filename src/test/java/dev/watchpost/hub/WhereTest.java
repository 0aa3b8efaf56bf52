package dev.watchpost.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.hub.Where.And;
import dev.watchpost.hub.Where.Or;
import dev.watchpost.hub.Where.Term;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WhereTest {

  private static Term term(String where) {
    return (Term) Where.parse(where).where();
  }

  static Stream<Arguments> terms() {
    return Stream.of(
        Arguments.of("Name='Acme'", "Name", Operator.EQUAL, List.of("Acme")),
        Arguments.of("Name == 'Acme'", "Name", Operator.EQUAL, List.of("Acme")),
        Arguments.of(
            "Department!='Procurement'", "Department", Operator.NOT_EQUAL, List.of("Procurement")),
        Arguments.of("a <> 1", "a", Operator.NOT_EQUAL, List.of("1")),
        Arguments.of(
            "lastModifiedDate>1772366400000",
            "lastModifiedDate",
            Operator.GREATER,
            List.of("1772366400000")),
        Arguments.of(
            "lastUpdated >='2026-03-01'",
            "lastUpdated",
            Operator.GREATER_OR_EQUAL,
            List.of("2026-03-01")),
        Arguments.of("a<-1.5e3", "a", Operator.LESS, List.of("-1.5e3")),
        Arguments.of("a<=x", "a", Operator.LESS_OR_EQUAL, List.of("x")),
        Arguments.of(
            "updated_date__gte=2026-03-01T12:00:00-08:00",
            "updated_date__gte",
            Operator.EQUAL,
            List.of("2026-03-01T12:00:00-08:00")),
        Arguments.of("Name LIKE 'Acc%'", "Name", Operator.LIKE, List.of("Acc%")),
        Arguments.of("id In (1, 'b', \"c\")", "id", Operator.IN, List.of("1", "b", "c")),
        Arguments.of("a is NULL", "a", Operator.IS_NULL, List.of()),
        Arguments.of("a IS NOT null", "a", Operator.IS_NOT_NULL, List.of()),
        Arguments.of("`Modified Time`>1", "Modified Time", Operator.GREATER, List.of("1")),
        Arguments.of(
            "metaData.lastUpdateTime > 1",
            "metaData.lastUpdateTime",
            Operator.GREATER,
            List.of("1")),
        Arguments.of("a='O''Brien and ''x''='", "a", Operator.EQUAL, List.of("O'Brien and 'x'=")),
        Arguments.of("a=\"say \"\"hi\"\"\"", "a", Operator.EQUAL, List.of("say \"hi\"")),
        Arguments.of("a=''", "a", Operator.EQUAL, List.of("")),
        Arguments.of("android='x'", "android", Operator.EQUAL, List.of("x")),
        Arguments.of(" ((a = 1)) ", "a", Operator.EQUAL, List.of("1")));
  }

  @ParameterizedTest
  @MethodSource("terms")
  void a_term_is_a_field_an_operator_and_values(
      String where, String field, Operator operator, List<String> values) {
    Where.Parsed parsed = Where.parse(where);

    assertThat(parsed.quoteLeftOpen()).isFalse();
    Term term = (Term) parsed.where();
    assertThat(List.of(term.field(), term.operator(), term.values()))
        .isEqualTo(List.of(field, operator, values));
  }

  @Test
  void and_binds_closer_than_or_and_brackets_closer_still() {
    Where where = Where.parse("a=1 or b=2 AND c=3").where();
    Where bracketed = Where.parse("(a=1 or b=2) and c=3").where();

    assertThat(where)
        .isInstanceOfSatisfying(
            Or.class,
            or -> {
              assertThat(or.any().get(0)).hasToString("a = '1'");
              assertThat(or.any().get(1)).isInstanceOf(And.class);
              assertThat(or.position()).isEqualTo(5);
            });
    assertThat(bracketed)
        .isInstanceOfSatisfying(
            And.class, and -> assertThat(and.all().get(0)).isInstanceOf(Or.class));
  }

  @Test
  void a_missing_closing_quote_at_the_end_is_accepted_and_told() {
    Where.Parsed parsed =
        Where.parse(
            "lastModifiedDate>='2026-03-01T12:00:00Z' and attributes='created_at,updated_at");

    assertThat(parsed.quoteLeftOpen()).isTrue();
    assertThat(((And) parsed.where()).all().get(1))
        .hasToString("attributes = 'created_at,updated_at'");
  }

  @Test
  void a_term_reads_as_it_is_shown() {
    Term shown = term("a in ('x', 'O''Brien')");

    assertThat(shown).hasToString("a in ('x', 'O''Brien')");
    assertThat(term(shown.toString())).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "~~ # position 1: expected the name of a field, found the end",
        "=1 # position 1: expected the name of a field, found '=1'",
        "a # position 2: expected one of =, !=, <, <=, >, >=, like, in, is null after 'a', found the end",
        "a ~ 1 # position 3: expected one of",
        "a => 1 # position 3: expected =, !=, <, <=, > or >=, found '=> 1'",
        "a= # position 3: expected a value such as 'text', 12 or 2026-03-01, found the end",
        "a=1 b=2 # position 5: expected 'and', 'or' or the end, found 'b=2'",
        "a=1 and # position 8: expected the name of a field, found the end",
        "(a=1 # position 5: expected ')', found the end",
        "a=1) # position 4: expected 'and', 'or' or the end, found ')'",
        "a in 1 # position 6: expected '(', found '1'",
        "a in (1 2) # position 9: expected ')', found '2)'",
        "a is 1 # position 6: expected 'null', found '1'",
        "a='x' y' # position 7: expected 'and', 'or' or the end, found 'y''",
      })
  void what_cannot_be_read_is_refused_with_its_position(String where, String message) {
    assertThatThrownBy(() -> Where.parse(where))
        .isInstanceOf(InvalidHubQuery.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void depth_and_length_are_bounded() {
    assertThatThrownBy(() -> Where.parse("(".repeat(5_000) + "a=1" + ")".repeat(5_000)))
        .isInstanceOf(InvalidHubQuery.class)
        .hasMessageContaining("at most 8192");
    assertThatThrownBy(() -> Where.parse("(".repeat(51) + "a=1" + ")".repeat(51)))
        .isInstanceOf(InvalidHubQuery.class)
        .hasMessageContaining("50 brackets");
  }
}
