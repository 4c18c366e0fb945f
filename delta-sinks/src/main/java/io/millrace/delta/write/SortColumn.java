package io.millrace.delta.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column that rows are sorted by: ascending with nulls first, or descending with nulls last.
 *
 * @param name logical name
 */
record SortColumn(String name, boolean descending) {

    private static final Pattern TEXT =
            Pattern.compile("(.+?)(?:\\s+(ASC|DESC))?", Pattern.CASE_INSENSITIVE);

    SortColumn {
        requireNonNull(name, "name is null");
    }

    /** From {@code COLUMN [ASC|DESC]}, separated by commas; none from a blank text. */
    static List<SortColumn> parse(String text) {
        List<SortColumn> columns = new ArrayList<>();
        if (text.isBlank()) {
            return columns;
        }
        for (String part : text.split(",", -1)) {
            Matcher column = TEXT.matcher(part.trim());
            if (!column.matches()) {
                throw new IllegalArgumentException(
                        "sort column '%s' is not COLUMN, COLUMN ASC or COLUMN DESC"
                                .formatted(part.trim()));
            }
            String direction = column.group(2) == null ? "ASC" : column.group(2);
            columns.add(
                    new SortColumn(
                            column.group(1), direction.toUpperCase(Locale.ROOT).equals("DESC")));
        }
        return columns;
    }
}
