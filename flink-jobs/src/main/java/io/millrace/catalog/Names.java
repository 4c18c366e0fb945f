package io.millrace.catalog;

import io.millrace.catalog.information.InformationSchema;
import io.millrace.catalog.procedures.SysProcedures;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.table.api.ValidationException;

/** Which names tables and databases can have: they become names of files and folders. */
final class Names {

    private static final int LONGEST = 200;

    /** What makes a path, what derives a table from another, and what no file system takes. */
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[/\\\\$:*?\"<>|\\p{Cntrl}]");

    private static final Pattern DATABASE =
            Pattern.compile(
                    "[\\p{L}][\\p{L}\\p{N}_-]{0,100}(\\.[\\p{L}][\\p{L}\\p{N}_-]{0,100}){0,3}");

    /** Databases that the catalog fills itself. */
    private static final Set<String> RESERVED =
            Set.of(
                    DeltaCatalog.RESULTS_DATABASE,
                    DeltaCatalog.PATH_DATABASE,
                    ArtifactTables.DATABASE,
                    InformationSchema.DATABASE,
                    SysProcedures.DATABASE);

    private Names() {}

    /** Whether a folder of this name is seen; what begins with _ or . is somebody's own. */
    static boolean isVisible(String name) {
        return !name.isEmpty()
                && !name.startsWith("_")
                && !name.startsWith(".")
                && !name.contains("/")
                && !name.contains("\\")
                && name.indexOf('\0') < 0
                && name.length() <= LONGEST;
    }

    static boolean isDatabase(String name) {
        return DATABASE.matcher(name).matches() && !RESERVED.contains(name);
    }

    /**
     * @throws ValidationException if no table or view can be called so
     */
    static void checkTable(String name) {
        if (!isVisible(name) || NOT_IN_A_NAME.matcher(name).find()) {
            throw new ValidationException(
                    "%s: cannot be the name of a table or view: it begins with neither _ nor ., has at most %d characters and none of / \\ $ : * ? \" < > |. Choose another name."
                            .formatted(name, LONGEST));
        }
    }

    /**
     * @throws ValidationException if no database can be called so
     */
    static void checkDatabase(String name) {
        if (!isDatabase(name)) {
            throw new ValidationException(
                    "%s: cannot be the name of a database: it is a name of letters, digits, _ and -, beginning with a letter, or up to four of them with dots between. Choose another name."
                            .formatted(name));
        }
    }
}
