package io.millrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** The log file of a warehouse: {@code _millrace/logs/millrace.log}, at most five times 10 MB. */
final class LogFile {
    private LogFile() {}

    static void use(Path warehouse) {
        Path folder = warehouse.resolve("_millrace").resolve("logs");
        if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
            return;
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be made: " + e.getMessage(), e);
        }
        Configuration configuration = context.getConfiguration();
        RollingFileAppender appender =
                RollingFileAppender.newBuilder()
                        .setName("warehouse")
                        .withFileName(folder.resolve("millrace.log").toString())
                        .withFilePattern(folder.resolve("millrace.%i.log").toString())
                        .withPolicy(SizeBasedTriggeringPolicy.createPolicy("10 MB"))
                        .withStrategy(DefaultRolloverStrategy.newBuilder().withMax("4").build())
                        .setLayout(
                                PatternLayout.newBuilder()
                                        .withPattern("%d{ISO8601} %-5p [%t] %c{1.} - %m%n%xEx")
                                        .build())
                        .setConfiguration(configuration)
                        .build();
        appender.start();
        configuration.getRootLogger().addAppender(appender, Level.INFO, null);
        context.updateLoggers();
    }
}
