package io.millrace.catalog.procedures;

import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The procedures of database {@code sys}, by name. */
public final class SysProcedures {

    public static final String DATABASE = "sys";

    private final SortedMap<String, DocumentedProcedure> procedures;

    public SysProcedures(ProcedureTables tables, Clock clock) {
        TreeMap<String, DocumentedProcedure> byName = new TreeMap<>();
        for (DocumentedProcedure procedure :
                List.of(
                        new CreateCheckpoint(tables),
                        new ExpireArtifacts(tables, clock),
                        new RegisterConsumer(tables, clock),
                        new ResetConsumer(tables, clock),
                        new SetProperties(tables))) {
            byName.put(procedure.name(), procedure);
        }
        this.procedures = Collections.unmodifiableSortedMap(byName);
    }

    public List<DocumentedProcedure> all() {
        return List.copyOf(procedures.values());
    }

    /** Names of the procedures of a database. */
    public List<String> names(String database) {
        return database.equals(DATABASE) ? List.copyOf(procedures.keySet()) : List.of();
    }

    public Optional<DocumentedProcedure> find(String database, String name) {
        return database.equals(DATABASE)
                ? Optional.ofNullable(procedures.get(name))
                : Optional.empty();
    }
}
