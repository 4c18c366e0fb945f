package io.millrace.codegraph.tables;

import io.millrace.codegraph.input.TreeFile;
import io.millrace.codegraph.model.EntityIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The difference between the files that the tables hold of a repository and those of a revision.
 *
 * @param changed files that are new or differ
 * @param deleted ids of files that are gone
 * @param hashByPath all files of the revision
 */
record FileChanges(List<TreeFile> changed, Set<String> deleted, Map<String, String> hashByPath) {
    /**
     * @param known SHA-256 by path of what the tables hold
     */
    static FileChanges between(String repository, Map<String, String> known, List<TreeFile> files) {
        List<TreeFile> changed = new ArrayList<>();
        Map<String, String> hashByPath = new HashMap<>();
        for (TreeFile file : files) {
            hashByPath.put(file.path(), file.sha256());
            if (!file.sha256().equals(known.get(file.path()))) {
                changed.add(file);
            }
        }
        Set<String> deleted = new HashSet<>();
        for (String path : known.keySet()) {
            if (!hashByPath.containsKey(path)) {
                deleted.add(EntityIds.fileId(repository, path));
            }
        }
        return new FileChanges(changed, deleted, hashByPath);
    }

    /** Ids of all files of the revision. */
    Set<String> idsOf(String repository) {
        return hashByPath.keySet().stream()
                .map(path -> EntityIds.fileId(repository, path))
                .collect(Collectors.toSet());
    }

    /** The same where rows of any other file, too, may have stayed behind. */
    FileChanges andDeleted(Set<String> leftBehind) {
        Set<String> all = new HashSet<>(deleted);
        all.addAll(leftBehind);
        return new FileChanges(changed, all, hashByPath);
    }
}
