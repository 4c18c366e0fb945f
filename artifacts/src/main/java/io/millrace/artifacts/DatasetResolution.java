package io.millrace.artifacts;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.dataset.ScanConfiguration;
import io.millrace.delta.table.TableProtocol;
import java.util.List;
import java.util.TreeSet;

/**
 * What the name of a dataset stood for when a pipeline was planned.
 *
 * @param role {@code source} or {@code result}
 * @param location absolute location
 * @param tableId id in the table's metadata, empty where the table does not exist yet
 * @param version latest version then, -1 where there is none
 * @param identityHash of the scan configuration of a source, empty for results
 * @param schema columns of a source as an Arrow schema in JSON, empty for results
 * @param protocol what the table asks of readers and writers, empty where it does not exist yet
 * @param projected whether casts, renames or defaults are declared, which no plan shows
 */
public record DatasetResolution(
        String dataset,
        String role,
        String location,
        String tableId,
        long version,
        List<String> key,
        String identityHash,
        String schema,
        String protocol,
        boolean projected) {
    public DatasetResolution {
        requireNonNull(dataset, "dataset is null");
        requireNonNull(role, "role is null");
        requireNonNull(location, "location is null");
        requireNonNull(tableId, "tableId is null");
        key = List.copyOf(key);
        requireNonNull(identityHash, "identityHash is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(protocol, "protocol is null");
    }

    /** The location without what it may hold of credentials. */
    public String publicLocation() {
        return withoutCredentials(location);
    }

    /** A location without user and query. */
    public static String withoutCredentials(String location) {
        return location.replaceAll("://[^/@]*@", "://").replaceAll("\\?.*", "");
    }

    public static DatasetResolution ofSource(
            ScanConfiguration scan, String tableId, long version, TableProtocol protocol) {
        return new DatasetResolution(
                scan.dataset(),
                "source",
                scan.location(),
                tableId,
                version,
                scan.key(),
                scan.identityHash(),
                scan.schema(),
                text(protocol),
                !scan.projection().isNone());
    }

    public static DatasetResolution ofResult(
            String dataset, String location, String tableId, long version, List<String> key) {
        return new DatasetResolution(
                dataset, "result", location, tableId, version, key, "", "", "", false);
    }

    private static String text(TableProtocol protocol) {
        return "reader %d %s, writer %d %s"
                .formatted(
                        protocol.minReaderVersion(),
                        new TreeSet<>(protocol.readerFeatures()),
                        protocol.minWriterVersion(),
                        new TreeSet<>(protocol.writerFeatures()));
    }
}
