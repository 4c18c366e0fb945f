package io.millrace.delta.write;

import java.nio.file.Path;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;

/** Where what does not fit into memory waits: folders that {@code io.tmp.dirs} names. */
@Internal
public final class LocalFolders {

    private LocalFolders() {}

    /** Of a task, whose process clears it away when it ends. */
    public static Path of(IOManager task) {
        return Path.of(task.getSpillingDirectoriesPaths()[0]);
    }

    /**
     * Of a process that runs no tasks: by Flink's configuration, if the environment names one, else
     * the folder of the JVM.
     */
    public static Path ofThisProcess() {
        String[] folders =
                ConfigurationUtils.parseTempDirectories(GlobalConfiguration.loadConfiguration());
        return Path.of(folders[0]);
    }
}
