package io.millrace.delta.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** Several entries as one: of a key that several have, the first of them counts. */
final class MergedKeys implements KeyEntries {

    private final List<KeyEntries> open = new ArrayList<>();
    private final LongPredicate kept;
    private long high;
    private long low;
    private long place;

    /**
     * @param newestFirst not yet stepped into
     * @param kept which places stay
     */
    MergedKeys(List<KeyEntries> newestFirst, LongPredicate kept) throws IOException {
        this.kept = kept;
        for (KeyEntries entries : newestFirst) {
            if (entries.next()) {
                open.add(entries);
            }
        }
    }

    @Override
    public boolean next() throws IOException {
        while (!open.isEmpty()) {
            KeyEntries least = open.get(0);
            for (KeyEntries other : open) {
                if (KeyEntries.compare(other.high(), other.low(), least.high(), least.low()) < 0) {
                    least = other;
                }
            }
            high = least.high();
            low = least.low();
            place = least.place();
            passKey();
            if (kept.test(place)) {
                return true;
            }
        }
        return false;
    }

    private void passKey() throws IOException {
        for (int i = open.size() - 1; i >= 0; i--) {
            KeyEntries entries = open.get(i);
            if (entries.high() == high && entries.low() == low && !entries.next()) {
                open.remove(i);
            }
        }
    }

    @Override
    public long high() {
        return high;
    }

    @Override
    public long low() {
        return low;
    }

    @Override
    public long place() {
        return place;
    }
}
