package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.information.InformationSchema;
import io.millrace.session.ClusterTarget;
import io.millrace.session.Session;
import io.millrace.session.SessionFactory;
import io.millrace.session.SessionProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same definitions give the same catalog, in whatever process and order. */
class SameEverywhereITCase {
    private static final String CLICKS =
            "  shop.clicks: {format: csv, location: data/clicks, columns: {id: BIGINT, day: STRING}, partition-by: [day], file-sort-order: [id ASC]}\n";
    private static final String ORDERS =
            "  all_orders: {location: orders, key: [id], options: {scan.split-size: 8 mb}}\n";

    @TempDir private Path warehouse;
    @TempDir private Path output;

    @Test
    void twoProcessesTellTheSame() throws Exception {
        Session session = session(warehouse);
        session.tables()
                .executeSql(
                        "CREATE TABLE orders (id BIGINT NOT NULL, PRIMARY KEY (id) NOT ENFORCED)");
        session.tables().executeSql("CREATE VIEW big AS SELECT id FROM orders WHERE id > 5");
        Path file = warehouse.resolve("catalog.yaml");

        Files.writeString(file, "databases: {b: {comment: x}, a: {}}\ntables:\n" + CLICKS + ORDERS);
        String first = told("first");
        Files.writeString(
                file, "tables:\n" + ORDERS + CLICKS + "databases: {a: {}, b: {comment: x}}\n");
        String second = told("second");

        assertThat(second).isEqualTo(first);
        assertThat(first)
                .contains("default.[all_orders, big, orders]")
                .contains("shop.[clicks]")
                .contains("tables: [delta, shop, clicks, BASE TABLE");
    }

    private String told(String name) throws Exception {
        Path file = output.resolve(name);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m"));
        Stream.of("lang", "util", "nio", "net", "lang.invoke")
                .forEach(
                        opened ->
                                command.add(
                                        "--add-opens=java.base/java." + opened + "=ALL-UNNAMED"));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Teller.class.getName(),
                        warehouse.toString(),
                        file.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.resolve(name + ".log").toFile())
                        .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        String log = Files.readString(output.resolve(name + ".log"));
        assertThat(ended && process.exitValue() == 0).as(log).isTrue();
        return Files.readString(file);
    }

    private static Session session(Path warehouse) {
        return new SessionFactory(
                        SessionProfile.of("batch"), ClusterTarget.parse("local"), warehouse)
                .openForPlanning();
    }

    /** Writes all that a session tells of a warehouse. */
    static final class Teller {
        private Teller() {}

        public static void main(String[] arguments) throws Exception {
            Session session = session(Path.of(arguments[0]));
            StringBuilder told = new StringBuilder();
            for (String database : session.catalog().listDatabases()) {
                told.append(database)
                        .append('.')
                        .append(session.catalog().listTables(database))
                        .append('\n');
            }
            for (String table : InformationSchema.names()) {
                for (Object[] row : InformationSchema.rows(table, session.catalog().facts())) {
                    told.append(table).append(": ").append(Arrays.toString(row)).append('\n');
                }
            }
            Files.writeString(Path.of(arguments[1]), told, StandardCharsets.UTF_8);
        }
    }
}
