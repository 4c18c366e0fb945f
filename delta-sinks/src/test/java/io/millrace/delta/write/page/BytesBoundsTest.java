package io.millrace.delta.write.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

class BytesBoundsTest {

    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    private static Statistics<?> bounds(List<byte[]> values) {
        int size = values.stream().mapToInt(value -> Integer.BYTES + value.length).sum();
        ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(value -> data.putInt(value.length).put(value));
        Statistics<?> statistics =
                Statistics.createStats(
                        new PrimitiveType(
                                Type.Repetition.OPTIONAL,
                                PrimitiveType.PrimitiveTypeName.BINARY,
                                "column"));
        new BytesBounds(data.array(), size).into(statistics);
        return statistics;
    }

    @Test
    void boundsAreThoseOfTheOrderOfUnsignedBytes() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            List<byte[]> values = new ArrayList<>();
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                byte[] value = new byte[random.nextInt(19)];
                for (int at = 0; at < value.length; at++) {
                    // Few bytes, so that values begin alike; zeros as those that fill up.
                    value[at] =
                            new byte[] {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF}[random.nextInt(5)];
                }
                values.add(value);
            }

            Statistics<?> statistics = bounds(values);

            assertThat(statistics.getMinBytes())
                    .isEqualTo(values.stream().min(ORDER).orElseThrow());
            assertThat(statistics.getMaxBytes())
                    .isEqualTo(values.stream().max(ORDER).orElseThrow());
        }
    }
}
