package dev.watchpost.record;

import dev.watchpost.resource.AnswerFormat;
import dev.watchpost.resource.DateField;
import dev.watchpost.resource.Deletes;
import dev.watchpost.resource.FieldPath;
import dev.watchpost.resource.Resource;
import java.util.List;

/**
 * Where things stand in an answer and its records. Paths are null where nothing is looked for.
 *
 * @param id several make a composite id; none: every record has the empty id
 * @param deleted the mark or date of deletion
 * @param ignore left out of the fingerprint; a path with dots leaves out the field named exactly
 *     like it and the nested one
 * @param records from the root of the answer; null: found by looking
 * @param learned what {@link RecordReader#learnedPath()} said earlier; null: nothing yet
 * @param value a scalar of the answer to be captured, for cursor and nextUrl paging
 * @param flag another one: whether more pages follow
 * @param format how the answer is written
 */
public record RecordShape(
    List<FieldPath> id,
    FieldPath updated,
    FieldPath created,
    FieldPath deleted,
    List<FieldPath> ignore,
    FieldPath records,
    String learned,
    FieldPath value,
    FieldPath flag,
    AnswerFormat format) {

  /** Without a flag. */
  public RecordShape(
      List<FieldPath> id,
      FieldPath updated,
      FieldPath created,
      FieldPath deleted,
      List<FieldPath> ignore,
      FieldPath records,
      String learned,
      FieldPath value) {
    this(id, updated, created, deleted, ignore, records, learned, value, null, AnswerFormat.JSON);
  }

  public static RecordShape of(Resource resource, ListingKind kind) {
    return new RecordShape(
        id(resource, kind),
        path(resource.updated()),
        path(resource.created()),
        deleted(resource.deletes()),
        resource.ignoreFields(),
        resource.recordsPath(),
        null,
        resource.paging().path(),
        resource.paging().more() == null ? null : resource.paging().more().path(),
        resource.format());
  }

  private static List<FieldPath> id(Resource resource, ListingKind kind) {
    boolean own =
        kind == ListingKind.DELETED
            && resource.deletes() instanceof Deletes.ByUrl byUrl
            && !byUrl.idField().isEmpty();
    return own ? ((Deletes.ByUrl) resource.deletes()).idField() : resource.idField();
  }

  /** The same, with the records path an earlier answer taught. */
  public RecordShape learned(String path) {
    return new RecordShape(
        id, updated, created, deleted, ignore, records, path, value, flag, format);
  }

  /** The same, for records of which no id is asked. */
  public RecordShape anyRecord() {
    return new RecordShape(
        List.of(), updated, created, deleted, ignore, records, learned, value, flag, format);
  }

  /** The same, for one record in a list of its own, whose id is known. */
  RecordShape ofOne() {
    return new RecordShape(List.of(), updated, created, deleted, ignore, null, "", null);
  }

  private static FieldPath path(DateField date) {
    return date == null ? null : date.path();
  }

  private static FieldPath deleted(Deletes deletes) {
    if (deletes instanceof Deletes.ByField mark) {
      return mark.field();
    }
    return deletes instanceof Deletes.ByDate by ? by.date().path() : null;
  }
}
