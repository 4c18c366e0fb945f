package io.millrace.delta.source.sql;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;

/** An S3 server in this process whose one bucket lies in memory, behind a key and its secret. */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "lake";
    static final String ACCESS_KEY = "an-access-key";
    static final String SECRET_KEY = "do-not-show-me";

    private final BlobStoreContext context;
    private final BlobStore store;
    private final S3Proxy proxy;

    private S3Server(BlobStoreContext context, S3Proxy proxy) {
        this.context = context;
        this.store = context.getBlobStore();
        this.proxy = proxy;
    }

    static S3Server start() throws Exception {
        Properties none = new Properties();
        BlobStoreContext context =
                ContextBuilder.newBuilder(new TransientApiMetadata())
                        .credentials("any", "any")
                        .overrides(none)
                        .build(BlobStoreContext.class);
        context.getBlobStore().createContainerInLocation(null, BUCKET);
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(context.getBlobStore())
                        .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .build();
        proxy.start();
        return new S3Server(context, proxy);
    }

    String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** Puts all files under a folder into the bucket that are not there yet. */
    void upload(Path folder, String prefix) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = prefix + "/" + folder.relativize(file);
            if (!store.blobExists(BUCKET, name)) {
                byte[] bytes = Files.readAllBytes(file);
                store.putBlob(
                        BUCKET,
                        store.blobBuilder(name).payload(bytes).contentLength(bytes.length).build());
            }
        }
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
        context.close();
    }
}
