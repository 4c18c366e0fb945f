package io.millrace.functions.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.functions.PlannedCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.ArrayDataSerializer;
import org.apache.flink.table.runtime.typeutils.MapDataSerializer;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Functions over lists and maps against plain Java collections, in both of Flink's layouts. */
class NestedPropertiesTest {

    private static final LogicalType TEXT = VarCharType.STRING_TYPE;
    private static final LogicalType INT = new IntType();
    private static final String[] TEXTS = {
        "",
        "a",
        "A",
        "b",
        "ab",
        "Ab",
        "\u00E9",
        "e\u0301",
        "\u0130",
        "\u0131",
        "\uFB01",
        "\uFFEE",
        "\uD83D\uDE00",
        "\u00DF",
        null
    };
    private static final Comparator<String> BY_BYTES =
            (left, right) ->
                    Arrays.compareUnsigned(
                            left.getBytes(StandardCharsets.UTF_8),
                            right.getBytes(StandardCharsets.UTF_8));

    private final ArrayDataSerializer arrays = new ArrayDataSerializer(TEXT);
    private final MapDataSerializer maps = new MapDataSerializer(TEXT, INT);

    private static List<String> texts(Random random) {
        List<String> texts = new ArrayList<>();
        for (int n = random.nextInt(9); n > 0; n--) {
            texts.add(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return texts;
    }

    private static StringData data(String text) {
        return text == null ? null : StringData.fromString(text);
    }

    private ArrayData array(List<String> texts, boolean binary) {
        ArrayData array =
                new GenericArrayData(texts.stream().map(NestedPropertiesTest::data).toArray());
        return binary ? arrays.toBinaryArray(array) : array;
    }

    private static List<String> texts(ArrayData array) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            texts.add(array.isNullAt(i) ? null : array.getString(i).toString());
        }
        return texts;
    }

    @RepeatedTest(200)
    void lists_are_lists(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        List<String> texts = texts(random);
        ArrayData array = array(texts, random.nextBoolean());
        ArrayType type = new ArrayType(TEXT);
        List<String> present = texts.stream().filter(Objects::nonNull).toList();
        TreeSet<String> distinct = new TreeSet<>(BY_BYTES);
        distinct.addAll(present);
        assertThat(texts(PlannedCall.over(new ListCompact(), type).eval(array))).isEqualTo(present);
        assertThat(texts(PlannedCall.over(new ListUniqueSorted(), type).eval(array)))
                .containsExactlyElementsOf(distinct);
        assertThat(texts(array)).as("what was given stays as it was").isEqualTo(texts);
    }

    private static Map<String, Integer> entries(Random random) {
        Map<String, Integer> entries = new LinkedHashMap<>();
        for (String key : texts(random)) {
            entries.put(key, random.nextInt(4) == 0 ? null : (Integer) random.nextInt(100));
        }
        return entries;
    }

    private MapData map(Map<String, Integer> entries, boolean binary) {
        Map<StringData, Integer> data = new LinkedHashMap<>();
        entries.forEach((key, value) -> data.put(data(key), value));
        return binary ? maps.toBinaryMap(new GenericMapData(data)) : new GenericMapData(data);
    }

    private static Map<String, Integer> entries(MapData map) {
        Map<String, Integer> entries = new LinkedHashMap<>();
        for (int i = 0; i < map.size(); i++) {
            entries.put(
                    map.keyArray().getString(i).toString(),
                    map.valueArray().isNullAt(i) ? null : (Integer) map.valueArray().getInt(i));
        }
        return entries;
    }

    @RepeatedTest(200)
    void a_map_gives_what_it_holds_or_the_default(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        Map<String, Integer> entries = entries(random);
        MapData map = map(entries, random.nextBoolean());
        MapGetDefault get =
                PlannedCall.over(new MapGetDefault(), new MapType(TEXT, INT), TEXT, INT);
        for (String key : TEXTS) {
            Integer held = entries.get(key);
            assertThat(get.eval(map, data(key), -1)).isEqualTo(held == null ? -1 : held);
            assertThat(get.eval(map, data(key), null)).isEqualTo(held);
        }
    }

    @RepeatedTest(200)
    void normal_maps_have_keys_in_one_case_sorted_and_the_last_entry_wins(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        Map<String, Integer> entries = entries(random);
        MapData map = map(entries, random.nextBoolean());
        MapNormalize normalize =
                PlannedCall.over(
                        new MapNormalize(), new MapType(TEXT, INT), TEXT, new BooleanType());
        for (String keyCase : new String[] {null, "lower", "upper", "as_is"}) {
            for (Boolean sort : new Boolean[] {null, true, false}) {
                Map<String, Integer> expected =
                        sort == null || sort ? new TreeMap<>(BY_BYTES) : new LinkedHashMap<>();
                entries.forEach(
                        (key, value) -> {
                            if (key != null) {
                                expected.put(inCase(key, keyCase), value);
                            }
                        });
                Map<String, Integer> actual = entries(normalize.eval(map, data(keyCase), sort));
                assertThat(actual).isEqualTo(expected);
                assertThat(List.copyOf(actual.keySet())).isEqualTo(List.copyOf(expected.keySet()));
            }
        }
    }

    private static String inCase(String key, String keyCase) {
        return switch (keyCase == null ? "lower" : keyCase) {
            case "lower" -> key.toLowerCase(Locale.ROOT);
            case "upper" -> key.toUpperCase(Locale.ROOT);
            default -> key;
        };
    }
}
