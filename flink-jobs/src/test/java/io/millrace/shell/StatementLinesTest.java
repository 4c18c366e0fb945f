package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementLinesTest {

    @Test
    void aStatementIsWholeAtItsSemicolon() {
        assertThat(StatementLines.isWhole("SELECT 1")).isFalse();
        assertThat(StatementLines.isWhole("SELECT 1; ")).isTrue();
        assertThat(StatementLines.isWhole("SELECT ';")).isFalse();
        assertThat(StatementLines.isWhole("SELECT ';'")).isFalse();
        assertThat(StatementLines.isWhole("SELECT 1; -- ;")).isTrue();
        assertThat(StatementLines.isWhole("SELECT 1 -- ;")).isFalse();
        assertThat(StatementLines.isWhole("SELECT 1 /* ; */")).isFalse();
        assertThat(StatementLines.isWhole("SELECT 1 /* ; */;")).isTrue();
        assertThat(StatementLines.isWhole("\\q")).isTrue();
    }
}
