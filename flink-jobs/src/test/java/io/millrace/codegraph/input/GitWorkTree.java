package io.millrace.codegraph.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A git work tree made for a test. */
public final class GitWorkTree implements Closeable {
    private static final PersonIdent AUTHOR = new PersonIdent("A", "a@example.org");

    private final Path folder;
    private final Git git;

    public GitWorkTree(Path folder) throws GitAPIException {
        this.folder = folder;
        this.git = Git.init().setInitialBranch("main").setDirectory(folder.toFile()).call();
    }

    public Git git() {
        return git;
    }

    public GitWorkTree write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    public GitWorkTree delete(String path) throws IOException {
        Files.delete(folder.resolve(path));
        return this;
    }

    /** Commits everything and returns the commit's id. */
    public String commit() throws GitAPIException {
        git.add().addFilepattern(".").call();
        git.add().addFilepattern(".").setUpdate(true).call();
        return git.commit()
                .setMessage("change")
                .setAuthor(AUTHOR)
                .setCommitter(AUTHOR)
                .setSign(false)
                .setAllowEmpty(true)
                .call()
                .name();
    }

    @Override
    public void close() {
        git.close();
    }
}
