package dev.watchpost.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.carrotsearch.hppc.LongHashSet;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * Records that are known byte for byte are passed over, unseen by the parser; whatever the order,
 * the white space and the pieces in which the answer comes, the others are read as ever.
 */
class PassedOverRecordsTest {
  private static final RecordShape SHAPE = Answers.shape("id", null, null, "next");
  private static final RecordLimits SMALL = new RecordLimits(7, 4 << 10, 3_000);

  /** More than the parser gets at once: it stops behind it, and what follows may be passed over. */
  private static final String LONG = "{\"id\":1,\"x\":\"%s\"}".formatted("y".repeat(600));

  private static final String[] TEXTS = {
    "plain", "}{][,", "a \\\"quoted\\\" word", "\\\\", "Grüße", "\\u00e9", "😀", ""
  };

  @Property(tries = 400)
  void what_is_known_is_passed_over_and_the_rest_is_read_as_ever(@ForAll long seed) {
    Random random = new Random(seed);
    KnownRecords known = new KnownRecords(null, 1, 1, 10_000);
    List<String> listing = listing(random);
    Map<String, String> stored = new HashMap<>();
    for (int poll = 0; poll < 5; poll++) {
      known.begin();
      compare(answer(random, listing), random, known, stored);
      listing = poll % 2 == 0 ? listing : changed(listing, random);
    }
  }

  /** Reads the answer with and without what is known, and learns of it. */
  private static void compare(
      String answer, Random random, KnownRecords known, Map<String, String> stored) {
    RecordReader plain = new RecordReader(Answers.body(answer), null, SHAPE, SMALL);
    List<SourceRecord> all = new ArrayList<>();
    List<BadRecord> bad = new ArrayList<>();
    Answers.batches(plain).forEach(b -> all.addAll(b.records()));
    RecordReader knowing = new RecordReader(pieces(answer, random), null, SHAPE, SMALL, known);
    int at = 0;
    try (knowing) {
      while (knowing.hasNext()) {
        RecordBatch batch = knowing.next();
        bad.addAll(batch.bad());
        at += check(all.subList(at, at + batch.size() - batch.bad().size()), batch, stored);
        batch.records().forEach(record -> stored.put(record.id(), text(record)));
        batch.records().forEach(known::learn);
      }
    }
    assertThat(at).isEqualTo(all.size());
    assertThat(bad).isEmpty();
    assertThat(knowing.recordsRead()).isEqualTo(plain.recordsRead());
    assertThat(knowing.lastId()).isEqualTo(plain.lastId());
    assertThat(knowing.value()).isEqualTo(plain.value());
  }

  /** Splits what a batch should hold by what is stored of each record. */
  private static int check(
      List<SourceRecord> shown, RecordBatch batch, Map<String, String> stored) {
    List<String> texts = new ArrayList<>();
    List<Long> prints = new ArrayList<>();
    List<Long> unchanged = new ArrayList<>();
    LongHashSet differing = new LongHashSet();
    for (SourceRecord record : shown) {
      long id = KnownRecords.idHash(record.id());
      if (text(record).equals(stored.get(record.id())) && !differing.contains(id)) {
        unchanged.add(id);
      } else {
        differing.add(id);
        texts.add(text(record));
        prints.add(record.fingerprint());
      }
    }
    assertThat(batch.records()).extracting(PassedOverRecordsTest::text).isEqualTo(texts);
    assertThat(batch.records()).extracting(SourceRecord::fingerprint).isEqualTo(prints);
    assertThat(batch.unchanged()).containsExactly(unchanged.stream().mapToLong(id -> id).toArray());
    return shown.size();
  }

  private static String text(SourceRecord record) {
    return new String(record.json(), StandardCharsets.UTF_8);
  }

  private static List<String> listing(Random random) {
    List<String> records = new ArrayList<>();
    int size = random.nextInt(60);
    for (int id = 0; id < size; id++) {
      records.add(record(id, random));
    }
    return records;
  }

  private static String record(int id, Random random) {
    String text = TEXTS[random.nextInt(TEXTS.length)];
    String filler = "x".repeat(random.nextInt(10) == 0 ? random.nextInt(2_000) : 3);
    String id1 =
        random.nextBoolean() ? "\"id\":\"%d\",".formatted(id) : "\"id\": %d,".formatted(id);
    return "{%s\"text\":\"%s\",\"in\":{\"list\":[1,{\"id\":9}],\"n\":%d},\"filler\":\"%s\"}"
        .formatted(id1, text, random.nextInt(1_000), filler);
  }

  /** Some edited, dropped, moved, added, or shown twice. */
  private static List<String> changed(List<String> listing, Random random) {
    List<String> now = new ArrayList<>(listing);
    for (int i = random.nextInt(8); i > 0; i--) {
      int at = now.isEmpty() ? 0 : random.nextInt(now.size());
      switch (now.isEmpty() ? 0 : random.nextInt(6)) {
        case 0 -> now.add(at, record(100 + random.nextInt(50), random));
        case 1 -> now.set(at, record(random.nextInt(60), random));
        case 2 -> now.remove(at);
        case 3 -> now.add(now.remove(at));
        case 4 -> now.add(random.nextInt(now.size()), now.get(at));
        default -> Collections.shuffle(now.subList(at, now.size()), random);
      }
    }
    return now;
  }

  private static String answer(Random random, List<String> records) {
    StringBuilder array = new StringBuilder("[");
    for (String record : records) {
      array.append(array.length() == 1 ? "" : ",").append(space(random)).append(record);
      array.append(space(random));
    }
    array.append(']');
    return switch (random.nextInt(3)) {
      case 0 -> array.toString();
      case 1 -> "{\"data\":" + array + ",\"next\":\"p" + random.nextInt(9) + "\"}";
      default -> "{\"next\":\"p2\", \"data\":" + array + space(random) + "} ";
    };
  }

  private static String space(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "\n  ";
      case 1 -> " ";
      case 2 -> random.nextInt(20) == 0 ? " ".repeat(700) : "\t";
      default -> "";
    };
  }

  /** As a network brings it. */
  private static InputStream pieces(String answer, Random random) {
    return new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        int most = random.nextInt(3) == 0 ? 1 + random.nextInt(50) : 1 + random.nextInt(5_000);
        return super.read(buffer, offset, Math.min(length, most));
      }
    };
  }

  @Test
  void parser_is_not_given_known_records() {
    KnownRecords known = knowing(LONG, "{\"id\":2}", "{\"id\":3}", "{\"id\":4}");
    for (String id : List.of("2", "3")) {
      byte[] noJson = "{no json %s}".formatted(id).getBytes(StandardCharsets.UTF_8);
      known.learn(new SourceRecord(id, noJson, 0, null, null, null));
    }
    String answer = "[" + LONG + ",{no json 2} ,\n{no json 3},{\"id\":4}]";
    assertThat(read(answer, known)).singleElement().matches(batch -> batch.unchanged().length == 4);
    String other = answer.replace("json 3", "json 5");
    assertThatThrownBy(() -> read(other, known))
        .hasMessage("the answer is not valid JSON at byte " + other.indexOf("no json 5"));
  }

  @Test
  void error_behind_records_passed_over_names_its_place_in_the_answer() {
    KnownRecords known = knowing(LONG, "{\"id\":2}", "{\"id\":3}", "{\"id\":4}");
    String records = LONG + ",{\"id\":2},{\"id\":3},{\"id\":4}";
    String broken = "[" + records + ",!]";
    assertThatThrownBy(() -> read(broken, known))
        .hasMessage("the answer is not valid JSON at byte " + broken.indexOf('!'));
    String cutOff = "[" + records + ",{\"id\":5";
    assertThatThrownBy(() -> read(cutOff, known))
        .hasMessage("the answer breaks off at byte " + cutOff.length());
  }

  @Test
  void known_record_with_something_behind_its_end_is_not_passed_over_unseen() {
    KnownRecords known = knowing(LONG, "{\"id\":2}", "{\"id\":3}");
    String closed = "[" + LONG + ",{\"id\":2},{\"id\":3}}]";
    assertThatThrownBy(() -> read(closed, known))
        .hasMessage("the answer is not valid JSON at byte " + (closed.length() - 2));
    String joined = "[" + LONG + ",{\"id\":2}{\"id\":3}]";
    assertThatThrownBy(() -> read(joined, known))
        .hasMessage("the answer is not valid JSON at byte " + joined.lastIndexOf('{'));
  }

  @Test
  void known_record_behind_a_comma_that_nothing_stands_before_is_no_json() {
    KnownRecords known = knowing("{\"id\":1}");
    // the parser gets 512 bytes at once where it may stop
    String answer = " ".repeat(511) + "[,{\"id\":1}]";
    assertThatThrownBy(() -> read(answer, known))
        .hasMessage("the answer is not valid JSON at byte 512");
  }

  private static KnownRecords knowing(String... records) {
    String answer = "[" + String.join(",", records) + "]";
    KnownRecords known = new KnownRecords(null, 1, 1, 100);
    read(answer, known).forEach(batch -> batch.records().forEach(known::learn));
    assertThat(read(answer, known)).allMatch(RecordBatch::asKnown);
    return known;
  }

  private static List<RecordBatch> read(String answer, KnownRecords known) {
    known.begin();
    return Answers.batches(new RecordReader(Answers.body(answer), null, Answers.BY_ID, known));
  }

  @Test
  void record_beyond_the_limit_behind_records_passed_over_is_a_bad_record() {
    KnownRecords known = knowing(LONG, "{\"id\":2}", "{\"id\":3}");
    known.begin();
    String answer =
        "[%s,{\"id\":2},{\"id\":3},{\"id\":4,\"x\":\"%s\"}]".formatted(LONG, "y".repeat(200_000));
    RecordReader reader = new RecordReader(Answers.body(answer), null, Answers.BY_ID, SMALL, known);
    RecordBatch batch = Answers.batches(reader).get(0);
    assertThat(batch.unchanged()).hasSize(3);
    assertThat(batch.bad()).extracting(BadRecord::reason).containsExactly("it is too large");
    assertThat(reader.lastId()).contains("3");
  }

  @Test
  void parser_does_not_see_what_is_passed_over() throws Exception {
    String first = "[{\"id\":1}";
    String second = "{\"id\":2}";
    KeptBytes bytes = new KeptBytes(Answers.body(first + " , " + second + " ]"), 100);
    assertThat(bytes.readNBytes(first.length())).asString().isEqualTo(first);
    byte[] known = second.getBytes(StandardCharsets.UTF_8);
    long hash = KnownRecords.bytesHash(known, 0, known.length);

    assertThat(bytes.taken(first.length() - 1)).isFalse();
    assertThat(bytes.taken(first.length())).isTrue();
    assertThat(bytes.pass(known.length, hash + 1)).isFalse();
    assertThat(bytes.pass(known.length + 1, hash)).isFalse();
    assertThat(bytes.pass(known.length, hash)).isTrue();
    assertThat(bytes.passed()).isEqualTo(known);
    assertThat(bytes.readAllBytes()).asString().isEqualTo(" ]");
    assertThat(bytes.offset(first.length())).isEqualTo(first.length() + 3 + second.length());
  }
}
