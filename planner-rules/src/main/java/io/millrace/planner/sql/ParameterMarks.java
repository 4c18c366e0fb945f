package io.millrace.planner.sql;

import io.millrace.planner.sql.SqlParameters.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds {@code :name} outside of quotes and comments. */
final class ParameterMarks {
    /** What hides a colon, or a parameter that follows no other word. */
    private static final Pattern TOKEN =
            Pattern.compile(
                    "'[^']*'|`[^`]*`|\"[^\"]*\"|--[^\\n]*|//[^\\n]*|/\\*(?!\\+)(?s:.*?)\\*/"
                            + "|(?<![\\w'`\")\\]:]):([A-Za-z_][A-Za-z0-9_]*)");

    private ParameterMarks() {}

    static List<Mark> of(String sql) {
        List<Mark> marks = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                marks.add(new Mark(matcher.start(), matcher.end(), matcher.group(1)));
            }
        }
        return marks;
    }
}
