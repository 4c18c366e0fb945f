package io.millrace.delta.source;

import static org.apache.flink.configuration.description.TextElement.text;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

/** What the rows of a read mean. */
@PublicEvolving
public enum ReadMode implements DescribedEnum {
    CHANGELOG("Changes of all kinds, as a changelog in the order of versions; streaming only."),
    APPEND_ONLY("Inserted rows, in the order of versions; any other change stops the read."),
    FEED(
            "Rows of the change feed as they stand there, the change type a column ('_change_type'); "
                    + "all are inserts."),
    SNAPSHOT("The rows of one version; in streaming mode a stream that ends after them.");

    private final String description;

    ReadMode(String description) {
        this.description = description;
    }

    /** Whether the rows say what happened to them, so that the table needs a change feed. */
    public boolean needsChangeFeed() {
        return this == CHANGELOG || this == FEED;
    }

    @Override
    public InlineElement getDescription() {
        return text(description);
    }

    /** As it stands in options. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
