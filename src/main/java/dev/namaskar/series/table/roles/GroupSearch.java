package dev.namaskar.series.table.roles;

import dev.namaskar.series.table.text.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the columns that tell the series of a long table apart: the fewest, from the left, with which no time stands
 * twice.
 */
public final class GroupSearch {
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_COLUMNS = 6;

    private final List<Integer> candidates = new ArrayList<>();
    private final int words;
    private int[][] rows = new int[16][];
    private int size;

    /**
     * Prepares the search.
     *
     * @param words columns of words
     * @param numbers columns of whole numbers, which are asked about rather than used
     */
    public GroupSearch(List<Integer> words, List<Integer> numbers) {
        words.stream().limit(MOST_COLUMNS).forEach(candidates::add);
        this.words = candidates.size();
        numbers.stream().limit(MOST_COLUMNS).forEach(candidates::add);
    }

    /** Takes a row into account, and its time as it is written. */
    public void see(Row row, String time) {
        if (size == MOST_ROWS || row.isEmpty()) {
            return;
        }
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
        }
        int[] hashes = new int[1 + candidates.size()];
        hashes[0] = time.hashCode();
        for (int i = 0; i < candidates.size(); i++) {
            hashes[i + 1] = row.cell(candidates.get(i)).hashCode();
        }
        rows[size++] = hashes;
    }

    /** Whether a time stands twice. */
    public boolean repeats() {
        return !isUnique(new int[0], false);
    }

    /**
     * The columns.
     *
     * @param withNumbers whether columns of whole numbers may be among them
     * @return empty where none do
     */
    public List<Integer> find(boolean withNumbers) {
        int most = withNumbers ? candidates.size() : words;
        for (int count = 1; count <= Math.min(3, most); count++) {
            List<Integer> found = subset(new int[count], 0, 0, most);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<Integer> subset(int[] chosen, int at, int from, int most) {
        if (at == chosen.length) {
            return isUnique(chosen, true)
                    ? Arrays.stream(chosen).mapToObj(candidates::get).toList()
                    : List.of();
        }
        for (int c = from; c < most; c++) {
            chosen[at] = c;
            List<Integer> found = subset(chosen, at + 1, c + 1, most);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Whether no time stands twice in a group, and whether groups are more than single rows. */
    private boolean isUnique(int[] chosen, boolean grouped) {
        Set<Long> seen = new HashSet<>();
        Set<Long> groups = new HashSet<>();
        for (int r = 0; r < size; r++) {
            long group = 17;
            for (int c : chosen) {
                group = group * 1_000_003 + rows[r][c + 1];
            }
            groups.add(group);
            if (!seen.add(group * 31_415_927 + rows[r][0])) {
                return false;
            }
        }
        return !grouped || 2 * groups.size() <= size;
    }
}
