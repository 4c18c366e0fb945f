package io.millrace.codegraph.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/**
 * A source file as text that still knows its bytes. Bytes that are no UTF-8 are read as Latin-1,
 * one byte a character. A byte order mark reads as a blank.
 */
public final class SourceText {
    private final String path;
    private final String text;
    private final int byteLength;

    /** Byte offset of each character and of the end; empty where characters are bytes. */
    private final Optional<int[]> byteOffsets;

    private SourceText(String path, String text, int byteLength, Optional<int[]> byteOffsets) {
        this.path = path;
        this.text = text;
        this.byteLength = byteLength;
        this.byteOffsets = byteOffsets;
    }

    public static SourceText of(String path, byte[] bytes) {
        requireNonNull(path, "path is null");
        Optional<String> utf8 = decodeUtf8(bytes);
        if (utf8.isEmpty()) {
            return new SourceText(
                    path, new String(bytes, ISO_8859_1), bytes.length, Optional.empty());
        }
        String text = utf8.get();
        Optional<int[]> offsets =
                text.length() == bytes.length ? Optional.empty() : Optional.of(offsets(text));
        return new SourceText(path, withoutByteOrderMark(text), bytes.length, offsets);
    }

    public String path() {
        return path;
    }

    public String text() {
        return text;
    }

    public int byteLength() {
        return byteLength;
    }

    /** The byte offset of a character offset; one past the last character is the end. */
    public long byteOffset(long charOffset) {
        int at = Math.toIntExact(Math.max(0, Math.min(charOffset, text.length())));
        return byteOffsets.map(offsets -> offsets[at]).orElse(at);
    }

    /** Number of lines; the last one counts also without a line end. */
    public int lines() {
        int lines = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            lines++;
        }
        return text.isEmpty() || text.endsWith("\n") ? lines : lines + 1;
    }

    private static Optional<String> decodeUtf8(byte[] bytes) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? ' ' + text.substring(1) : text;
    }

    private static int[] offsets(String text) {
        int[] offsets = new int[text.length() + 1];
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            offsets[i] = bytes;
            bytes += utf8Length(text.charAt(i));
        }
        offsets[text.length()] = bytes;
        return offsets;
    }

    /** Bytes of one UTF-16 unit; each half of a surrogate pair counts two of the pair's four. */
    private static int utf8Length(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
