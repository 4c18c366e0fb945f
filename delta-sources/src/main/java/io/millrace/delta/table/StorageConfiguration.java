package io.millrace.delta.table;

import org.apache.hadoop.conf.Configuration;

/** How files are reached, for log and data alike. */
public final class StorageConfiguration {

    private StorageConfiguration() {}

    /**
     * A new Hadoop configuration; local files are read and written as they are, without checksum
     * files beside them.
     */
    public static Configuration hadoop() {
        Configuration configuration = new Configuration();
        configuration.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        return configuration;
    }
}
