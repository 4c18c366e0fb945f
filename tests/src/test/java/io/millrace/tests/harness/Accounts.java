package io.millrace.tests.harness;

import static io.millrace.tests.harness.TableLayout.row;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * The table {@code accounts} (account, branch, balance), between whose rows money moves: the sum of
 * all balances is the same in every version. Accounts are opened, closed and moved to other
 * branches, too. Remembers every version.
 */
public final class Accounts {

    private static final long START_BALANCE = 1_000;
    private static final List<String> BRANCHES = List.of("Aa", "Bb", "Cc", "Dd", "Ee");

    private final Random random;
    private final int keys;
    private final long sum;
    private final TableHistory history;

    /** Makes the table: version 0 is empty, in version 1 every account has the same balance. */
    public Accounts(Path location, Random random, int keys) {
        this.random = random;
        this.keys = keys;
        this.sum = keys * START_BALANCE;
        this.history =
                new TableHistory(
                        location,
                        new TableLayout(
                                List.of(
                                        TableLayout.bigint("account"),
                                        TableLayout.string("branch"),
                                        TableLayout.bigint("balance")),
                                Optional.empty()),
                        random,
                        keys,
                        account -> row(account, branch(), START_BALANCE));
        Map<Long, List<Object>> all = new HashMap<>();
        for (long account = 0; account < keys; account++) {
            all.put(account, row(account, branch(), START_BALANCE));
        }
        history.change(all);
    }

    public Path location() {
        return history.location();
    }

    /** The newest version. */
    public long version() {
        return history.version();
    }

    /** What all balances add up to from version 1 on. */
    public long sum() {
        return sum;
    }

    /** The rows of a version. */
    public List<List<Object>> at(long version) {
        return List.copyOf(history.at(version).values());
    }

    /** The result by branch of a version: branch, number of accounts, sum of balances. */
    public List<List<Object>> branchesAt(long version) {
        Map<String, long[]> branches = new TreeMap<>();
        for (List<Object> account : at(version)) {
            long[] branch = branches.computeIfAbsent((String) account.get(1), b -> new long[2]);
            branch[0]++;
            branch[1] += (Long) account.get(2);
        }
        List<List<Object>> rows = new ArrayList<>();
        branches.forEach((name, branch) -> rows.add(row(name, branch[0], branch[1])));
        return rows;
    }

    /** Commits a few transfers, as one version. */
    public void transfer() {
        Map<Long, List<Object>> now = history.at(version());
        Map<Long, List<Object>> change = new HashMap<>();
        int transfers = 1 + random.nextInt(4);
        for (int i = 0; i < transfers; i++) {
            transfer(now, change);
        }
        history.change(change);
    }

    private void transfer(Map<Long, List<Object>> now, Map<Long, List<Object>> change) {
        long from = random.nextInt(keys);
        long to = random.nextInt(keys);
        List<Object> payer = now.get(from);
        if (from == to || payer == null || change.containsKey(from) || change.containsKey(to)) {
            return;
        }
        List<Object> payee =
                now.containsKey(to) ? now.get(to) : row(to, branch(), 0L); // opened by the transfer
        boolean close = random.nextInt(6) == 0;
        long amount = close ? (Long) payer.get(2) : random.nextInt(100);
        String home = random.nextInt(5) == 0 ? branch() : (String) payer.get(1);
        change.put(from, close ? null : row(from, home, (Long) payer.get(2) - amount));
        change.put(to, row(to, payee.get(1), (Long) payee.get(2) + amount));
    }

    private String branch() {
        return BRANCHES.get(random.nextInt(BRANCHES.size()));
    }
}
