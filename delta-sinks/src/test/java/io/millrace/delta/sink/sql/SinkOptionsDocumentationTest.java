package io.millrace.delta.sink.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.configuration.description.InlineElement;
import org.apache.flink.configuration.description.TextElement;
import org.junit.jupiter.api.Test;

/**
 * The README's table of options is what the code says. With {@code -Ddocs=write} it is written
 * instead of compared.
 */
class SinkOptionsDocumentationTest {

    private static final String BEGIN =
            "<!-- options: generated, see SinkOptionsDocumentationTest -->\n";
    private static final String END = "<!-- end of options -->\n";
    private static final Path README = Path.of("README.md");

    @Test
    void theReadmeHasTheOptionsOfTheCode() throws Exception {
        String text = Files.readString(README);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if ("write".equals(System.getProperty("docs"))) {
            Files.writeString(README, text.substring(0, begin) + table() + text.substring(end));
        } else {
            assertThat(text.substring(begin, end)).isEqualTo(table());
        }
    }

    private static String table() {
        List<ConfigOption<?>> options = new ArrayList<>();
        for (Class<?> owner : List.of(DeltaSinkOptions.class, DeltaWriteOptions.class)) {
            for (Field field : owner.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    options.add(option(field));
                }
            }
        }
        return "| option | default | meaning |\n|---|---|---|\n"
                + options.stream()
                        .map(SinkOptionsDocumentationTest::row)
                        .collect(Collectors.joining());
    }

    private static ConfigOption<?> option(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String row(ConfigOption<?> option) {
        String description = new HtmlFormatter().format(option.description());
        return "| `%s` | %s | %s%s |\n"
                .formatted(
                        option.key(),
                        Optional.ofNullable(option.defaultValue())
                                .map(value -> "`" + value + "`")
                                .orElse(""),
                        description,
                        values(option));
    }

    /** One line of meaning for each value of an enum. */
    private static String values(ConfigOption<?> option) {
        Optional<Class<?>> type = enumOf(option);
        return type.map(
                        values ->
                                Arrays.stream(values.getEnumConstants())
                                        .map(
                                                value ->
                                                        "<br>`"
                                                                + value
                                                                + "`: "
                                                                + text((DescribedEnum) value))
                                        .collect(Collectors.joining()))
                .orElse("");
    }

    private static String text(DescribedEnum value) {
        InlineElement element = value.getDescription();
        return element instanceof TextElement text ? text.getFormat() : element.toString();
    }

    private static Optional<Class<?>> enumOf(ConfigOption<?> option) {
        if (option.equals(DeltaSinkOptions.SINK_MODE)) {
            return Optional.of(DeltaSinkOptions.Mode.class);
        }
        return Optional.ofNullable(option.defaultValue())
                .filter(Enum.class::isInstance)
                .map(value -> ((Enum<?>) value).getDeclaringClass());
    }
}
