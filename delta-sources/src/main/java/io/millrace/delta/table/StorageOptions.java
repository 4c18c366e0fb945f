package io.millrace.delta.table;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * How the files of a table are reached, log and data alike: options of Hadoop's file systems, over
 * those of the {@code core-site.xml} on the class path.
 *
 * <p>May hold credentials. They travel with a job's serialized operators and nowhere else: text
 * made of this value has them masked, and table options with credentials are refused.
 */
public final class StorageOptions implements Serializable {

    /** Names a file of Hadoop options; it is read wherever files are, so it must be there. */
    public static final String CORE_SITE = "core-site";

    /** What the names of storage options begin with among the options of a table. */
    public static final String PREFIX = "storage.";

    public static final StorageOptions NONE = new StorageOptions(new TreeMap<>());

    private static final long serialVersionUID = 1L;

    private final SortedMap<String, String> options;

    private StorageOptions(SortedMap<String, String> options) {
        this.options = options;
    }

    /**
     * @param options Hadoop's keys, such as {@code fs.s3a.endpoint}, or {@link #CORE_SITE}
     */
    public static StorageOptions of(Map<String, String> options) {
        return new StorageOptions(new TreeMap<>(options));
    }

    /**
     * The options {@code storage.*} among those of a table, without the prefix.
     *
     * @throws RefusedException where one is a credential, which plans and catalogs would show
     */
    public static StorageOptions ofTable(String dataset, Map<String, String> tableOptions) {
        TreeMap<String, String> options = new TreeMap<>();
        tableOptions.forEach(
                (key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        String name = key.substring(PREFIX.length());
                        if (Secrets.isSecret(name) && !Secrets.isReference(value)) {
                            throw new RefusedException(inTableOptions(dataset, name));
                        }
                        options.put(name, value);
                    }
                });
        return new StorageOptions(options);
    }

    private static String inTableOptions(String dataset, String name) {
        return "%s: cannot take the credential '%s%s' from the options of a table: plans and catalogs show them. Set '%s' in the session's configuration as 'millrace.%s%s', name a file of Hadoop options with '%s%s', or write ${env.NAME} to take it from the environment."
                .formatted(dataset, PREFIX, name, name, PREFIX, name, PREFIX, CORE_SITE);
    }

    /** These options, and {@code more} over them. */
    public StorageOptions with(StorageOptions more) {
        if (more.options.isEmpty()) {
            return this;
        }
        TreeMap<String, String> all = new TreeMap<>(options);
        all.putAll(more.options);
        return new StorageOptions(all);
    }

    /**
     * A new Hadoop configuration; local files are read and written as they are, without checksum
     * files beside them.
     */
    public Configuration hadoop() {
        Configuration configuration = new Configuration();
        configuration.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        configuration.setBoolean("parquet.page.verify-checksum.enabled", true);
        String site = options.get(CORE_SITE);
        if (site != null) {
            if (!Files.isReadable(Path.of(site))) {
                throw new RefusedException(
                        "'storage.%s': there is no file %s on this machine. It is read wherever tables are: put it on every machine, or set the options themselves."
                                .formatted(CORE_SITE, site));
            }
            configuration.addResource(new org.apache.hadoop.fs.Path(site));
        }
        options.forEach(
                (key, value) -> {
                    if (!key.equals(CORE_SITE)) {
                        configuration.set(key, value);
                    }
                });
        return configuration;
    }

    /**
     * A new Hadoop configuration whose file systems at a location are made of these options, and
     * not shared with tables that have others.
     *
     * @param location a path or URI
     */
    public Configuration hadoop(String location) {
        Configuration configuration = hadoop();
        String scheme = new org.apache.hadoop.fs.Path(location).toUri().getScheme();
        if (!options.isEmpty() && scheme != null) {
            OptionsFileSystem.separate(configuration, scheme, digest());
        }
        return configuration;
    }

    /** Tells these options from others without showing them. */
    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            options.forEach(
                    (key, value) -> {
                        digest.update(key.getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) 0);
                        digest.update(value.getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) 0);
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As they may be shown: what is secret is masked. */
    public SortedMap<String, String> shown() {
        TreeMap<String, String> shown = new TreeMap<>();
        options.forEach((key, value) -> shown.put(key, Secrets.shown(key, value)));
        return Collections.unmodifiableSortedMap(shown);
    }

    /** As options of a table; only for options that came from there. */
    public Map<String, String> asTableOptions() {
        Map<String, String> all = new LinkedHashMap<>();
        options.forEach((key, value) -> all.put(PREFIX + key, value));
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorageOptions storage && storage.options.equals(options);
    }

    @Override
    public int hashCode() {
        return options.hashCode();
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
