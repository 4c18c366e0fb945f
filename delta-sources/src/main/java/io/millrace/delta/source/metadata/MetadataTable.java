package io.millrace.delta.source.metadata;

import static org.apache.flink.configuration.description.TextElement.text;

import io.delta.kernel.utils.CloseableIterator;
import io.millrace.delta.table.DeltaTable;
import java.util.List;
import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** A table that is made of another table's log. */
@PublicEvolving
public enum MetadataTable implements DescribedEnum {
    FILES("The data files of one version."),
    HISTORY("The commits that the log holds, up to one version, the oldest first."),
    SNAPSHOTS("The versions that can be read, up to one version, the oldest first."),
    PARTITIONS("The partitions of one version, with what their files add up to."),
    PROPERTIES("The properties of one version."),
    TRANSACTIONS("The newest transaction of each application in one version."),
    CONSUMERS("Who reads the table, and how far each is.");

    private final String description;

    MetadataTable(String description) {
        this.description = description;
    }

    /** All columns. */
    public DataType rowType() {
        List<Field> columns =
                switch (this) {
                    case FILES -> FilesRows.COLUMNS;
                    case HISTORY -> HistoryRows.COLUMNS;
                    case SNAPSHOTS -> SnapshotsRows.COLUMNS;
                    case PARTITIONS -> PartitionsRows.COLUMNS;
                    case PROPERTIES -> PropertiesRows.COLUMNS;
                    case TRANSACTIONS -> TransactionsRows.COLUMNS;
                    case CONSUMERS -> ConsumersRows.COLUMNS;
                };
        return DataTypes.ROW(columns).notNull();
    }

    /**
     * Reads the log; holds a part of it in memory at a time.
     *
     * @param version the version whose files are listed, or up to which the history goes
     * @param consumers the folder where consumers record their positions; may be empty
     * @param columns which to fill, in this order
     */
    CloseableIterator<RowData> rows(
            DeltaTable table, long version, String consumers, List<String> columns) {
        return switch (this) {
            case FILES -> FilesRows.read(table, version, columns);
            case HISTORY -> HistoryRows.read(table, version, columns);
            case SNAPSHOTS -> SnapshotsRows.read(table, version, columns);
            case PARTITIONS -> PartitionsRows.read(table, version, columns);
            case PROPERTIES -> PropertiesRows.read(table, version, columns);
            case TRANSACTIONS -> TransactionsRows.read(table, version, columns);
            case CONSUMERS -> ConsumersRows.read(table, version, consumers, columns);
        };
    }

    @Override
    public InlineElement getDescription() {
        return text(description);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
