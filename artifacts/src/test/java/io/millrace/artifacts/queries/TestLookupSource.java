package io.millrace.artifacts.queries;

import java.util.Collection;
import java.util.List;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.LookupTableSource;
import org.apache.flink.table.connector.source.lookup.LookupFunctionProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.LookupFunction;

/** A table that is looked up in; finds nothing. */
final class TestLookupSource implements LookupTableSource {
    @Override
    public LookupRuntimeProvider getLookupRuntimeProvider(LookupContext context) {
        return LookupFunctionProvider.of(new Nothing());
    }

    @Override
    public DynamicTableSource copy() {
        return new TestLookupSource();
    }

    @Override
    public String asSummaryString() {
        return "test lookup";
    }

    /** Finds nothing. */
    public static final class Nothing extends LookupFunction {
        @Override
        public Collection<RowData> lookup(RowData key) {
            return List.of();
        }
    }
}
