package dev.watchpost.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The one database: migrated when opened; every method of a store that writes is one {@link
 * #transaction}. Isolation is READ COMMITTED. Thread-safe.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 16;
  private static final int TRIES = 5;

  /** A deadlock in PostgreSQL and in H2, and a lock that H2 has waited 2 s for. */
  private static final Set<String> FOR_OTHERS = Set.of("40P01", "40001", "HYT00");

  /** H2's own default. */
  private static final Duration H2_WRITES = Duration.ofMillis(500);

  private final DataSource dataSource;
  private final Dialect dialect;
  private final Jdbi jdbi;
  private final Flushes flushes = new Flushes();

  private Database(DataSource dataSource, Dialect dialect) {
    this.dataSource = dataSource;
    this.dialect = dialect;
    this.jdbi = Jdbi.create(dataSource).registerArgument(new InstantArguments());
    // what a statement that fails was given may be a record or a secret: it is not for the log
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(StatementExceptions.MessageRendering.SHORT_STATEMENT);
  }

  /**
   * Opens a pool and migrates the schema.
   *
   * @param url of H2 or PostgreSQL
   * @param username null or empty where the url says it
   */
  public static Database open(String url, String username, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("watchpost");
    config.setJdbcUrl(url);
    config.setUsername(username);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    Dialect dialect = Dialect.of(url);
    HikariDataSource pool = new HikariDataSource(config);
    return dialect == Dialect.H2 ? atOnce(pool) : over(pool);
  }

  /**
   * H2 has no transactions around the statements of a migration, and would not open a file that
   * shows half of one. So it writes nothing by itself until all are done.
   */
  private static Database atOnce(DataSource pool) {
    writeAfter(pool, Duration.ofDays(1));
    try {
      Database database = over(pool);
      database.flush();
      return database;
    } finally {
      writeAfter(pool, H2_WRITES);
    }
  }

  private static void writeAfter(DataSource pool, Duration delay) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set write_delay " + delay.toMillis());
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not open: " + e.getMessage(), e);
    }
  }

  /** The schema in a host's own data source, migrated. Closed with this where it can be closed. */
  public static Database over(DataSource dataSource) {
    Dialect dialect = dialectOf(dataSource);
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/migration/" + dialect.folder())
        .javaMigrations(new PackEventsMigration())
        .table("watchpost_schema")
        .load()
        .migrate();
    return new Database(dataSource, dialect);
  }

  private static Dialect dialectOf(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return Dialect.of(connection.getMetaData().getURL());
    } catch (SQLException e) {
      throw new IllegalStateException("the database does not answer: " + e.getMessage(), e);
    }
  }

  public Dialect dialect() {
    return dialect;
  }

  /**
   * Runs {@code work} in one transaction: committed when it returns, and there after a crash of
   * this process; rolled back when it throws.
   */
  public <T> T transaction(Function<Handle, T> work) {
    T result = deferred(work);
    flush();
    return result;
  }

  /**
   * As {@link #transaction}, and up to {@value #TRIES} times where the database ends it for others
   * that wait for the same rows: nothing is written then.
   */
  public <T> T insistently(Function<Handle, T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return transaction(work);
      } catch (JdbiException e) {
        if (tries == TRIES || !isForOthers(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isForOthers(JdbiException e) {
    return e.getCause() instanceof SQLException sql && FOR_OTHERS.contains(sql.getSQLState());
  }

  /** As {@link #transaction}, without a result. */
  public void write(Consumer<Handle> work) {
    jdbi.useTransaction(work::accept);
    flush();
  }

  /**
   * As {@link #transaction}, but until the next {@link #flush} a crash may undo it: H2 writes what
   * is committed half a second later, in the order of the commits. For what is done again after a
   * crash and of which nobody outside has heard.
   */
  public <T> T deferred(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  /** What is committed is there after a crash of this process. */
  public void flush() {
    if (dialect == Dialect.H2) {
      flushes.flush(() -> jdbi.useHandle(handle -> handle.execute("checkpoint")));
    }
  }

  /** Others will hear of what this transaction writes: not before {@link #flushTold}. */
  public void tells(Handle handle) {
    flushes.needed(handle);
  }

  /** What is committed and {@link #tells} is there after a crash; nothing to do where it is. */
  public void flushTold() {
    if (dialect == Dialect.H2 && flushes.isDue()) {
      flush();
    }
  }

  /** Runs reads on one connection, outside a transaction. */
  public <T> T read(Function<Handle, T> work) {
    return jdbi.withHandle(work::apply);
  }

  /** Instants are bound as {@link Columns#time}, never as a Timestamp. */
  private static final class InstantArguments extends AbstractArgumentFactory<Instant> {
    InstantArguments() {
      super(Types.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    protected Argument build(Instant value, ConfigRegistry config) {
      return Columns.time(value);
    }
  }

  @Override
  public void close() {
    if (dataSource instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the connection pool did not close", e);
      }
    }
  }
}
