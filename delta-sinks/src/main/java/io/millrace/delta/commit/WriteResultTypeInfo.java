package io.millrace.delta.commit;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type of the stream between writers and committer. */
public final class WriteResultTypeInfo extends TypeInformation<WriteResult> {

    private static final long serialVersionUID = 1L;

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
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<WriteResult> getTypeClass() {
        return WriteResult.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<WriteResult> createSerializer(SerializerConfig config) {
        return new WriteResultTypeSerializer();
    }

    @Override
    public String toString() {
        return "WriteResult";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WriteResultTypeInfo;
    }

    @Override
    public int hashCode() {
        return WriteResultTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WriteResultTypeInfo;
    }
}
