package io.millrace.delta.source;

import static org.apache.flink.configuration.description.TextElement.text;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;

/** What an append-only read does with a commit that updates or deletes rows. */
@PublicEvolving
public enum OtherChanges implements DescribedEnum {
    FAIL("The read stops before the commit, naming its version."),
    SKIP("The whole commit is left out, the rows that it inserts included.");

    private final String description;

    OtherChanges(String description) {
        this.description = description;
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
