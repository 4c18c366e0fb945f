package io.millrace.delta.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity hash of a scan configuration: SHA-256 over canonical JSON (keys sorted, no blanks),
 * its first 32 hexadecimal digits, as of plans.
 *
 * <p>What is in it: the name of the dataset; its columns in their order with names, types and
 * nullability, as the Arrow schema says them; its key; all that is declared of its columns. So two
 * scans of one identity give the same rows for the same version of the same table.
 *
 * <p>What is not: where the table lies and how it is reached, its id, the version, what else the
 * table has or what types it stores (as long as the dataset's columns stay the same), and whatever
 * belongs to a run.
 */
final class ScanIdentity {

    private static final int FORMAT = 1;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private static final int DIGITS = 32;

    private ScanIdentity() {}

    static String hash(
            String dataset, DeclaredProjection projection, String schema, List<String> key) {
        try {
            Map<String, Object> content = new TreeMap<>();
            content.put("format", FORMAT);
            content.put("dataset", dataset);
            content.put("key", key);
            // Through Java's maps, which the mapper sorts; a tree would keep its own order.
            content.put("schema", JSON.readValue(schema, Map.class));
            Map<String, Object> columns = new TreeMap<>();
            projection
                    .columns()
                    .forEach(
                            (name, column) ->
                                    columns.put(name, DeclaredProjection.properties(column)));
            content.put("projection", columns);
            return sha256(JSON.writeValueAsBytes(content)).substring(0, DIGITS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
