package dev.watchpost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchpost.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class FlushesTest {
  private final Jdbi jdbi = Jdbi.create(TestDatabase.H2.freshUrl());
  private final Flushes flushes = new Flushes();

  @Test
  void commit_needs_one_flush_that_begins_after_it() {
    assertThat(flushes.isDue()).isFalse();
    commit();
    assertThat(flushes.isDue()).isTrue();
    flushes.flush(() -> assertThat(flushes.isDue()).isTrue());
    assertThat(flushes.isDue()).isFalse();
  }

  @Test
  void flush_that_began_before_the_commit_is_not_enough() {
    flushes.flush(this::commit);
    assertThat(flushes.isDue()).isTrue();
    flushes.flush(() -> {});
    assertThat(flushes.isDue()).isFalse();
  }

  @Test
  void transaction_that_may_be_committed_already_needs_a_flush() {
    jdbi.useTransaction(
        handle -> {
          flushes.needed(handle);
          assertThat(flushes.isDue()).isTrue();
          flushes.flush(() -> {});
          assertThat(flushes.isDue()).isTrue();
        });
    assertThat(flushes.isDue()).isTrue();
  }

  @Test
  void transaction_that_is_rolled_back_needs_none() {
    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    handle -> {
                      flushes.needed(handle);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(flushes.isDue()).isFalse();
  }

  @Test
  void flush_that_fails_leaves_it_due() {
    commit();
    assertThatThrownBy(
            () ->
                flushes.flush(
                    () -> {
                      throw new IllegalStateException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(flushes.isDue()).isTrue();
  }

  private void commit() {
    jdbi.useTransaction(flushes::needed);
  }
}
