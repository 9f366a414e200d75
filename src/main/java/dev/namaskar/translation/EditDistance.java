package dev.namaskar.translation;

import java.util.List;

/** The fewest insertions, deletions and substitutions that make one sequence of another (Levenshtein 1965). */
final class EditDistance {
    private EditDistance() {}

    static int between(List<String> a, List<String> b) {
        int[] row = new int[b.size() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.size(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.size()];
    }
}
