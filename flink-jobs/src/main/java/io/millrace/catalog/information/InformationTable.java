package io.millrace.catalog.information;

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.types.DataType;

/**
 * One table of information_schema. Names of columns are those of the SQL standard where it has
 * them.
 */
interface InformationTable {

    DataType TEXT = DataTypes.STRING();
    DataType NAME = DataTypes.STRING().notNull();
    DataType NUMBER = DataTypes.BIGINT();
    DataType TEXTS = DataTypes.ARRAY(DataTypes.STRING().notNull());

    String name();

    /** What its rows are, in a sentence. */
    String comment();

    List<Field> columns();

    /**
     * The rows, in an order that depends on nothing but what they say. Values are strings,
     * booleans, integers, longs, lists of strings or null, in the order of the columns.
     */
    List<Object[]> rows(InformationFacts facts);

    /** {@code YES} or {@code NO}, as the standard writes them. */
    static String yes(boolean holds) {
        return holds ? "YES" : "NO";
    }

    static Object[] row(Object... values) {
        return values;
    }
}
