package io.millrace.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param found what is there
 * @param todo what to do about it; empty where it is all right
 */
public record Finding(String what, Level level, String found, String todo) {
    /** How bad it is. */
    public enum Level {
        OK,
        WARN,
        FAIL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        requireNonNull(what, "what is null");
        requireNonNull(level, "level is null");
        requireNonNull(found, "found is null");
        requireNonNull(todo, "todo is null");
    }

    static Finding ok(String what, String found) {
        return new Finding(what, Level.OK, found, "");
    }

    static Finding warn(String what, String found, String todo) {
        return new Finding(what, Level.WARN, found, todo);
    }

    static Finding fail(String what, String found, String todo) {
        return new Finding(what, Level.FAIL, found, todo);
    }

    /** One line for people. */
    public String line() {
        String line = "%-5s %-10s %s".formatted(level, what, found);
        return todo.isEmpty() ? line : line + ". " + todo + ".";
    }
}
