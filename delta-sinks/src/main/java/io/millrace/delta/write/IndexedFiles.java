package io.millrace.delta.write;

import io.millrace.delta.parquet.FileToRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Files by number and back; a number stands for its path as long as this lives. */
final class IndexedFiles {

    private final List<FileToRead> files = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** The number of the file, which is new or known better now. */
    int add(FileToRead file) {
        Integer known = numbers.putIfAbsent(file.path(), files.size());
        if (known == null) {
            files.add(file);
            return files.size() - 1;
        }
        files.set(known, file);
        return known;
    }

    OptionalInt find(String path) {
        Integer number = numbers.get(path);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    FileToRead get(int number) {
        return files.get(number);
    }

    /** Forgets a file of which no row is left; its number is not used again. */
    void forget(String path) {
        Integer number = numbers.remove(path);
        if (number != null) {
            files.set(number, null);
        }
    }

    void clear() {
        files.clear();
        numbers.clear();
    }
}
