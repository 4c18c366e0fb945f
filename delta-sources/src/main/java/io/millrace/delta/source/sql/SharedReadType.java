package io.millrace.delta.source.sql;

import static java.util.Objects.requireNonNull;

import io.millrace.delta.source.order.SequencedRowSerializer;
import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/**
 * The type of the rows of a {@link SharedRead}, settled when the stream graph asks for a
 * serializer: all statements of the job have been translated then.
 */
final class SharedReadType extends TypeInformation<RowData> {

    private static final long serialVersionUID = 1L;

    private final transient SharedRead read;

    SharedReadType(SharedRead read) {
        this.read = requireNonNull(read, "read is null");
    }

    @Override
    public TypeSerializer<RowData> createSerializer(SerializerConfig config) {
        read.seal();
        return new SequencedRowSerializer(read.spec().sequencedType());
    }

    private InternalTypeInfo<RowData> settled() {
        return InternalTypeInfo.of(read.spec().sequencedType());
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return settled().getArity();
    }

    @Override
    public int getTotalFields() {
        return settled().getTotalFields();
    }

    @Override
    public Class<RowData> getTypeClass() {
        return RowData.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return settled().toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SharedReadType type && type.read == read;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(read);
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SharedReadType;
    }

    @Serial
    private Object writeReplace() {
        return settled();
    }
}
