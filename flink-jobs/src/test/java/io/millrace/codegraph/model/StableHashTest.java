package io.millrace.codegraph.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StableHashTest {
    @Test
    void idsAreThoseOfTheSqlFunction() {
        assertThat(StableHash.idOfParts("cst_def", "a/b.py", "10", "20"))
                .isEqualTo("cst_def:22d7cb4390271e9612d52e74420c9376");
    }

    @Test
    void fileIdsComeFromRepositoryAndPath() {
        assertThat(EntityIds.fileId("r", "a/A.java"))
                .isEqualTo(StableHash.idOfParts("file", "r", "a/A.java"));
    }
}
