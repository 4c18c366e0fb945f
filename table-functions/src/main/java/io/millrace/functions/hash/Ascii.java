package io.millrace.functions.hash;

import java.nio.charset.StandardCharsets;

final class Ascii {

    private Ascii() {}

    static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
