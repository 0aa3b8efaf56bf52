package dev.watchpost.callback;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** JSON texts of the outbox, copied as they are. */
final class StoredJson {
  private StoredJson() {}

  /** Nothing where there is no value. */
  static void field(JsonGenerator json, String name, String value) throws IOException {
    if (value != null) {
      json.writeFieldName(name);
      json.writeRawValue(value);
    }
  }
}
