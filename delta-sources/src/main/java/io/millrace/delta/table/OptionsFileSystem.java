package io.millrace.delta.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.annotation.Internal;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;

/**
 * The file system that one set of storage options makes of a URI. Hadoop's own cache knows only
 * scheme, authority and user, so that two tables on one bucket would get the options of whichever
 * was opened first; here they are a part of the key. Public because Hadoop makes it by its name.
 */
@Internal
public final class OptionsFileSystem extends FilterFileSystem {

    private static final String KEY = "millrace.storage.key";
    private static final String IMPLEMENTATION = "millrace.storage.implementation";

    /**
     * Like Hadoop's cache one for the process, because tables are opened in passing and a client of
     * a store takes long to make. Hadoop closes what is in it when the process ends.
     */
    private static final Map<String, FileSystem> SHARED = new ConcurrentHashMap<>();

    /**
     * Lets a configuration give file systems of its own.
     *
     * @param key tells these options from others
     */
    static void separate(Configuration configuration, String scheme, String key) {
        String implementation = configuration.get(implementation(scheme));
        if (implementation != null) {
            configuration.set(IMPLEMENTATION, implementation);
        }
        configuration.set(KEY, key);
        configuration.set(implementation(scheme), OptionsFileSystem.class.getName());
        configuration.setBoolean(cacheSwitch(scheme), true);
    }

    private static String implementation(String scheme) {
        return "fs." + scheme + ".impl";
    }

    private static String cacheSwitch(String scheme) {
        return "fs." + scheme + ".impl.disable.cache";
    }

    @Override
    public void initialize(URI uri, Configuration configuration) throws IOException {
        String key = configuration.get(KEY) + " " + uri.getScheme() + "://" + uri.getAuthority();
        try {
            fs = SHARED.computeIfAbsent(key, k -> create(uri, configuration));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static FileSystem create(URI uri, Configuration configuration) {
        Configuration own = new Configuration(configuration);
        String implementation = own.get(IMPLEMENTATION);
        if (implementation == null) {
            own.unset(implementation(uri.getScheme()));
        } else {
            own.set(implementation(uri.getScheme()), implementation);
        }
        own.unset(cacheSwitch(uri.getScheme()));
        try {
            return FileSystem.newInstance(uri, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getScheme() {
        return fs.getScheme();
    }

    /** Others use what is behind it. */
    @Override
    public void close() {}
}
