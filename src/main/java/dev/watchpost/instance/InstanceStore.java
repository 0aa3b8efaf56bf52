package dev.watchpost.instance;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.watchpost.resource.Json;
import dev.watchpost.store.Database;
import dev.watchpost.store.SealedColumn;
import dev.watchpost.store.Secrets;
import dev.watchpost.tenant.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The instances, in table {@code instance}. Token, configuration and providerData are sealed; a
 * token is found by its hash. Thread-safe. What is looked up by id is kept in memory, exactly as
 * the table has it as far as this process writes it.
 */
public final class InstanceStore {
  private static final String CONFIGURATION = "instance.configuration";
  private static final String PROVIDER_DATA = "instance.provider_data";
  private static final String TOKEN = "instance.token";
  private static final String FILE_TEXTS = "instance.file_texts";
  private static final String FILE_SECRETS = "instance.file_secrets";

  /** What is sealed. */
  public static final List<SealedColumn> SEALED =
      Stream.of(TOKEN, CONFIGURATION, PROVIDER_DATA, FILE_TEXTS, FILE_SECRETS)
          .map(InstanceStore::sealedColumn)
          .toList();

  private final Database database;
  private final Secrets secrets;
  private final InstanceCache cache = new InstanceCache();
  private final ActiveInstances active = new ActiveInstances(this::row);

  private static SealedColumn sealedColumn(String name) {
    return new SealedColumn("instance", "id", name.substring("instance.".length()), id -> name);
  }

  public InstanceStore(Database database, Secrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * @param instance its id does not count
   * @return with the id it got
   */
  public Instance insert(Instance instance) {
    return insert(instance, (handle, id) -> {});
  }

  /**
   * @param also what is written with it, in the same transaction; gets its id
   */
  Instance insert(Instance instance, ObjLongConsumer<Handle> also) {
    long id =
        database.transaction(
            handle -> {
              long inserted = insert(handle, instance);
              also.accept(handle, inserted);
              return inserted;
            });
    return find(id).orElseThrow();
  }

  private long insert(Handle handle, Instance instance) {
    return handle
        .createUpdate(
            """
            insert into instance (token, token_hash, element_key, name, tags, configuration,
              provider_data, disabled, delivering, file, file_removed, file_texts, file_secrets,
              created_at, organization_id, user_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .bind(0, secrets.seal(instance.token(), TOKEN))
        .bind(1, hash(instance.token()))
        .bind(2, instance.elementKey())
        .bind(3, instance.name())
        .bind(4, Json.write(instance.tags()))
        .bind(5, seal(instance.configuration(), CONFIGURATION))
        .bind(6, seal(instance.providerData(), PROVIDER_DATA))
        .bind(7, instance.disabled())
        .bind(8, instance.active())
        .bind(9, name(instance.file()))
        .bind(10, removed(instance.file()))
        .bind(11, texts(instance.file()))
        .bind(12, secrets(instance.file()))
        .bind(13, instance.createdDate().atOffset(ZoneOffset.UTC))
        .bind(14, instance.owner().organization())
        .bind(15, instance.owner().user())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /**
   * Changes an instance while nobody else does: {@code change} gets it as it is and answers it as
   * it shall be. Id, token and createdDate stay. Where {@code change} throws, nothing is changed.
   *
   * @return empty where there is none of that id
   */
  public Optional<Instance> update(long id, UnaryOperator<Instance> change) {
    return update(id, change, (handle, changed) -> {});
  }

  /**
   * @param also what is written with it, in the same transaction; gets its id
   */
  Optional<Instance> update(long id, UnaryOperator<Instance> change, ObjLongConsumer<Handle> also) {
    try {
      return database.transaction(
          handle -> {
            Optional<Instance> changed =
                select(handle, "where id = ? for update", id)
                    .map(instance -> update(handle, id, change.apply(instance)));
            changed.ifPresent(instance -> also.accept(handle, id));
            return changed;
          });
    } finally {
      cache.forget(id);
    }
  }

  private Instance update(Handle handle, long id, Instance changed) {
    int rows =
        handle.execute(
            """
            update instance set name = ?, tags = ?, configuration = ?, provider_data = ?,
              disabled = ?, delivering = ?, file = ?, file_removed = ?, file_texts = ?,
              file_secrets = ?,
              version = version + 1
            where id = ?
            """,
            changed.name(),
            Json.write(changed.tags()),
            seal(changed.configuration(), CONFIGURATION),
            seal(changed.providerData(), PROVIDER_DATA),
            changed.disabled(),
            changed.active(),
            name(changed.file()),
            removed(changed.file()),
            texts(changed.file()),
            secrets(changed.file()),
            id);
    if (rows != 1) {
      throw new IllegalStateException(
          "expected to update instance %d, updated %d".formatted(id, rows));
    }
    return select(handle, "where id = ?", id).orElseThrow();
  }

  /** Deletes it with its cursors, ledger and events; false where there is none. */
  public boolean delete(long id) {
    try {
      return database.insistently(handle -> delete(handle, id));
    } finally {
      cache.forget(id);
    }
  }

  /**
   * Nobody begins to watch a resource of it from here on, and whoever writes one is done. Locked in
   * the order of all others: a resource, then, by what refers to it, the instance, whose key an
   * update that changes none leaves free for that.
   */
  private static boolean delete(Handle handle, long id) {
    if (handle.execute("update instance set version = version + 1 where id = ?", id) == 0) {
      return false;
    }
    handle
        .createQuery("select id from resource where instance_id = ? order by id for update")
        .bind(0, id)
        .mapTo(Long.class)
        .list();
    return handle.execute("delete from instance where id = ?", id) == 1;
  }

  /** The instance of that id. */
  public Optional<Instance> find(long id) {
    return cache.get(id, () -> database.read(handle -> select(handle, "where id = ?", id)));
  }

  /** The instance of that token. */
  public Optional<Instance> findByToken(String token) {
    return database.read(handle -> select(handle, "where token_hash = ?", hash(token)));
  }

  /** Those that poll and are delivered to, by id. */
  List<Instance> active() {
    return database.read(active::list);
  }

  /** All instances that came from files. */
  public List<Instance> fromFiles() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from instance where file is not null order by id")
                .map(this::row)
                .list());
  }

  /** One page of the instances that a query is for, by id. */
  public InstanceQuery.Page list(InstanceQuery query) {
    StringBuilder where = new StringBuilder("where 1 = 1");
    List<Object> values = new ArrayList<>();
    if (query.organization() != null) {
      where.append(" and organization_id = ?");
      values.add(query.organization());
    }
    for (String tag : query.tags()) {
      // the list is ["a","b"] and a quote within a tag is \", so ,"a" is a whole tag's beginning
      where.append(" and position(? in concat(',', substring(tags from 2))) > 0");
      values.add("," + Json.write(tag));
    }
    if (query.searchText() != null && !query.searchText().isEmpty()) {
      where.append(
          " and (position(lower(?) in lower(name)) > 0"
              + " or position(lower(?) in lower(element_key)) > 0)");
      values.add(query.searchText());
      values.add(query.searchText());
    }
    return database.read(handle -> page(handle, where.toString(), values, query));
  }

  private InstanceQuery.Page page(
      Handle handle, String where, List<Object> values, InstanceQuery query) {
    long total =
        handle
            .select("select count(*) from instance " + where, values.toArray())
            .mapTo(Long.class)
            .one();
    List<Object> all = new ArrayList<>(values);
    all.add(query.offset());
    all.add(query.limit());
    String page = " order by id offset ? rows fetch next ? rows only";
    List<Instance> instances =
        handle
            .select("select * from instance " + where + page, all.toArray())
            .map(this::row)
            .list();
    return new InstanceQuery.Page(instances, total);
  }

  private Optional<Instance> select(Handle handle, String where, Object value) {
    return handle.select("select * from instance " + where, value).map(this::row).findOne();
  }

  private Instance row(ResultSet row, StatementContext context) throws SQLException {
    return new Instance(
        row.getLong("id"),
        secrets.open(row.getString("token"), TOKEN),
        row.getString("element_key"),
        row.getString("name"),
        Json.read(row.getString("tags"), new TypeReference<List<String>>() {}),
        open(row.getString("configuration"), CONFIGURATION),
        open(row.getString("provider_data"), PROVIDER_DATA),
        row.getBoolean("disabled"),
        file(row),
        new Owner(row.getLong("organization_id"), row.getLong("user_id")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private InstanceFile file(ResultSet row) throws SQLException {
    String name = row.getString("file");
    return name == null
        ? null
        : new InstanceFile(
            name,
            row.getBoolean("file_removed"),
            open(row.getString("file_texts"), FILE_TEXTS),
            open(row.getString("file_secrets"), FILE_SECRETS).keySet());
  }

  private static String name(InstanceFile file) {
    return file == null ? null : file.name();
  }

  private static boolean removed(InstanceFile file) {
    return file != null && file.removed();
  }

  private String texts(InstanceFile file) {
    return file == null ? null : seal(file.asWritten(), FILE_TEXTS);
  }

  private String secrets(InstanceFile file) {
    if (file == null) {
      return null;
    }
    Map<String, String> values = new TreeMap<>();
    file.secrets().forEach(value -> values.put(value, ""));
    return seal(values, FILE_SECRETS);
  }

  private String seal(Map<String, String> settings, String context) {
    return secrets.seal(Json.write(settings), context);
  }

  private Map<String, String> open(String sealed, String context) {
    return Collections.unmodifiableMap(Json.readTexts(secrets.open(sealed, context)));
  }

  /** A token is 32 random bytes: no salt is needed. */
  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
