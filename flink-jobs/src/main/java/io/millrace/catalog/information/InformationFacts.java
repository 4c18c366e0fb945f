package io.millrace.catalog.information;

import io.millrace.artifacts.SettingsSnapshot;
import io.millrace.delta.table.CacheUse;
import io.millrace.delta.table.TableSnapshot;
import io.millrace.functions.FunctionRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;

/** What information_schema is made of; each call looks anew. */
public interface InformationFacts {

    /** Databases whose tables can be listed, by name. */
    List<String> databases();

    CatalogDatabase database(String name);

    /** Every table and view of every database, by database and name. */
    List<KnownTable> tables();

    /** Functions of Millrace and of the pipeline at hand. */
    FunctionRegistry functions();

    /** Names of all functions that SQL can call, Flink's included. */
    List<String> functionNames();

    List<KnownProcedure> procedures();

    SettingsSnapshot settings();

    List<CacheUse> caches();

    /**
     * A table or view.
     *
     * @param definition absent where it cannot be opened
     * @param snapshot the newest version, of Delta tables that are there
     * @param problem why it cannot be opened
     */
    record KnownTable(
            String database,
            String name,
            Optional<CatalogBaseTable> definition,
            Optional<TableSnapshot> snapshot,
            Optional<String> problem) {}

    /** A procedure and its arguments. */
    record KnownProcedure(
            String database, String name, String documentation, List<KnownArgument> arguments) {
        public KnownProcedure {
            arguments = List.copyOf(arguments);
        }
    }

    /** An argument of a procedure. */
    record KnownArgument(String name, String type, boolean optional) {}
}
