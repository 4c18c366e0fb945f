package io.millrace.delta.source.sql;

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
class OptionsDocumentationTest {

    private static final String BEGIN =
            "<!-- options: generated, see OptionsDocumentationTest -->\n";
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

    @Test
    void allOptionsAreInTheList() throws Exception {
        List<Object> declared = new ArrayList<>();
        for (Field field : DeltaSourceOptions.class.getFields()) {
            if (field.getType() == ConfigOption.class) {
                declared.add(field.get(null));
            }
        }
        assertThat(DeltaSourceOptions.all()).isEqualTo(declared);
    }

    private static String table() {
        List<ConfigOption<?>> options = DeltaSourceOptions.all();
        return "| option | default | meaning |\n|---|---|---|\n"
                + options.stream().map(OptionsDocumentationTest::row).collect(Collectors.joining());
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
        if (option.equals(DeltaSourceOptions.SCAN_MODE)) {
            return Optional.of(io.millrace.delta.source.ReadMode.class);
        } else if (option.equals(DeltaSourceOptions.SCAN_STARTUP_MODE)) {
            return Optional.of(DeltaSourceOptions.StartupMode.class);
        }
        return Optional.ofNullable(option.defaultValue())
                .filter(Enum.class::isInstance)
                .map(value -> ((Enum<?>) value).getDeclaringClass());
    }
}
