package io.millrace.functions.scalar;

import io.millrace.functions.TextNorm;
import java.util.Locale;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.data.StringData;

/** Turns columns of a line, counted in some unit, into byte offsets of its UTF-8. */
final class ByteColumns {

    static final int BYTE = 0;
    static final int UTF8 = 1;
    static final int UTF16 = 2;
    static final int UTF32 = 3;

    private static final String[] NAMES = {"BYTE", "UTF8", "UTF16", "UTF32"};

    private ByteColumns() {}

    /** 1 UTF8, 2 UTF16, 3 UTF32; hyphens, underscores and case do not count; 3 for all else. */
    static int encoding(StringData name) {
        return switch (name == null ? "" : plain(name)) {
            case "UTF8" -> UTF8;
            case "UTF16" -> UTF16;
            default -> UTF32;
        };
    }

    /** The same, and {@link #BYTE}, for a unit of columns. */
    static int unit(StringData name) {
        return name != null && plain(name).equals("BYTE") ? BYTE : encoding(name);
    }

    static Long toByte(StringData line, Number given, int encoding) {
        if (line == null || given == null) {
            return null;
        }
        long column = given.longValue();
        if (encoding == BYTE) {
            return column;
        }
        byte[] bytes = line.toBytes();
        long units = 0;
        int at = 0;
        while (at < bytes.length && units < column) {
            int length = length(bytes[at]);
            units += units(length, encoding);
            at += length;
        }
        if (at > 0 && units > column && column > 0) {
            throw new TableRuntimeException(
                    "col_to_byte: column "
                            + column
                            + " in unit "
                            + NAMES[encoding]
                            + " lies inside a character of the line '"
                            + line
                            + "'. Give the column where a character starts.");
        }
        return (long) Math.min(at, bytes.length);
    }

    private static String plain(StringData name) {
        return TextNorm.trim(name.toString())
                .replace("-", "")
                .replace("_", "")
                .toUpperCase(Locale.ROOT);
    }

    /** Bytes of the character that starts with this byte. */
    private static int length(byte first) {
        if (first >= 0) {
            return 1;
        }
        return first >= (byte) 0xF0 ? 4 : first >= (byte) 0xE0 ? 3 : 2;
    }

    private static int units(int bytes, int encoding) {
        return switch (encoding) {
            case UTF8 -> bytes;
            case UTF16 -> bytes == 4 ? 2 : 1;
            default -> 1;
        };
    }
}
