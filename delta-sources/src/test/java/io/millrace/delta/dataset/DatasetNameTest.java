package io.millrace.delta.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatasetNameTest {
    @Test
    void filesAreNamedByTheirPath() {
        DatasetName expected = new DatasetName("file", "/data/orders");
        assertThat(DatasetName.of("/data/orders")).isEqualTo(expected);
        assertThat(DatasetName.of("file:///data/orders")).isEqualTo(expected);
        assertThat(DatasetName.of("file:/data/orders")).isEqualTo(expected);
    }

    @Test
    void objectsAreNamedByBucketAndKey() {
        assertThat(DatasetName.of("s3a://bucket/a/orders"))
                .isEqualTo(new DatasetName("s3://bucket", "a/orders"));
        assertThat(DatasetName.of("hdfs://host:8020/orders"))
                .isEqualTo(new DatasetName("hdfs://host:8020", "orders"));
    }

    @Test
    void credentialsAreNoPartOfIt() {
        assertThat(DatasetName.of("s3a://key:secret@bucket/orders?token=1#x"))
                .isEqualTo(new DatasetName("s3://bucket", "orders"));
    }
}
