package dev.namaskar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Draws the house from the compiled code: every package stands on those it imports. */
final class HouseMap {
    private static final int WIDTH = 800;
    private static final int BOX = 180;
    private static final int HEIGHT = 46;
    private static final int STEP_X = 220;
    private static final int STEP_Y = 82;
    private static final int LANE = 12;
    private static final int SHORT = 9;
    private static final Pattern SENTENCE = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private final Map<String, Set<String>> imports = House.imports();
    private final Map<String, Integer> levels = new TreeMap<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, Integer> middles = new HashMap<>();

    HouseMap() {
        House.FLOORS.stream().filter(imports::containsKey).forEach(this::level);
        for (String name : House.FLOORS) {
            if (imports.containsKey(name)) {
                int level = levels.get(name);
                while (rows.size() <= level) {
                    rows.add(new ArrayList<>());
                }
                rows.get(level).add(name);
            }
        }
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                middles.put(row.get(i), WIDTH / 2 + (2 * i - row.size() + 1) * STEP_X / 2);
            }
        }
    }

    /** How many packages stand below this one, at the longest. */
    private int level(String name) {
        Integer known = levels.get(name);
        if (known == null) {
            known = imports.getOrDefault(name, Set.of()).stream()
                    .mapToInt(below -> level(below) + 1)
                    .max()
                    .orElse(0);
            levels.put(name, known);
        }
        return known;
    }

    /** The imports that do not follow from others: a package knows what the packages below it know. */
    Set<String> essential(String name) {
        Set<String> essential = new TreeSet<>(imports.getOrDefault(name, Set.of()));
        for (String below : imports.getOrDefault(name, Set.of())) {
            essential.removeAll(reached(below));
        }
        return essential;
    }

    private Set<String> reached(String name) {
        Set<String> reached = new TreeSet<>();
        for (String below : imports.getOrDefault(name, Set.of())) {
            reached.add(below);
            reached.addAll(reached(below));
        }
        return reached;
    }

    /** The map as SVG that follows its reader's colours. */
    String svg() {
        int height = rows.size() * STEP_Y;
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " "
                + height + "\" font-family=\"sans-serif\" text-anchor=\"middle\">\n"
                + "<style>\n"
                + "rect { fill: #eef3f8; stroke: #4a6b8a; } text { fill: #1c2733; } path { stroke: #4a6b8a;"
                + " fill: none; }\n"
                + "@media (prefers-color-scheme: dark) {\n"
                + "rect { fill: #22303c; stroke: #8fb3d4; } text { fill: #e6edf3; } path { stroke: #8fb3d4;"
                + " }\n"
                + "}\n"
                + "</style>\n");
        int lanes = 0;
        for (String name : levels.keySet()) {
            for (String below : essential(name)) {
                svg.append(line(name, below, lanes));
                lanes += isLong(name, below) ? 1 : 0;
            }
        }
        rows.forEach(row -> row.forEach(name -> svg.append(box(name))));
        return svg.append("</svg>\n").toString();
    }

    private int top(String name) {
        return (rows.size() - 1 - levels.get(name)) * STEP_Y + (STEP_Y - HEIGHT) / 2;
    }

    /** Straight to the next floor down; further down through a lane of its own beside the boxes. */
    private String line(String from, String to, int lane) {
        int x = middles.get(from);
        int bottom = top(from) + HEIGHT;
        int below = middles.get(to);
        if (!isLong(from, to)) {
            return "<path d=\"M" + x + " " + bottom + "L" + below + " " + top(to) + "\"/>\n";
        }
        int shift = LANE * (lane + 1);
        int over = SHORT + lane % 4 * SHORT / 2;
        return "<path d=\"M" + (x + shift) + " " + bottom + "v" + SHORT + "H" + (right() + shift) + "V"
                + (top(to) - over) + "H" + (below + shift) + "v" + over + "\"/>\n";
    }

    private boolean isLong(String from, String to) {
        return levels.get(from) - levels.get(to) > 1;
    }

    /** Where the boxes end. */
    private int right() {
        return middles.values().stream().mapToInt(x -> x).max().orElse(0) + BOX / 2;
    }

    private String box(String name) {
        int x = middles.get(name);
        int y = top(name);
        StringJoiner inside = new StringJoiner(", ");
        House.rooms(name).stream()
                .filter(room -> !room.equals(name))
                .map(room -> room.substring(name.length() + 1))
                .forEach(inside::add);
        String box = "<rect x=\"" + (x - BOX / 2) + "\" y=\"" + y + "\" width=\"" + BOX + "\" height=\"" + HEIGHT
                + "\" rx=\"6\"/>\n";
        if (inside.length() == 0) {
            return box + text(x, y + 28, 15, name);
        }
        return box
                + text(x, y + 20, 15, name)
                + text(x, y + 36, Math.min(10, 300.0 / inside.length()), inside.toString());
    }

    private static String text(int x, int y, double size, String words) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" font-size=\"" + Math.round(10 * size) / 10.0 + "\">" + words
                + "</text>\n";
    }

    /** A row for each room: its name, its one job as its own documentation has it. */
    String table() throws IOException {
        StringJoiner table = new StringJoiner("\n");
        table.add("| package | its one job |").add("|---|---|");
        for (String floor : House.FLOORS) {
            if (imports.containsKey(floor)) {
                for (String room : House.rooms(floor)) {
                    table.add("| `" + room + "` | " + job(room) + " |");
                }
            }
        }
        return table.toString();
    }

    private static String job(String room) throws IOException {
        Path file = Stream.of("java", "spark")
                .map(root -> Path.of("src", "main", root, "dev", "namaskar")
                        .resolve(room.replace('.', '/'))
                        .resolve("package-info.java"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError(room + ": expected a package-info"));
        Matcher comment = SENTENCE.matcher(Files.readString(file));
        if (!comment.find()) {
            throw new AssertionError(file + ": expected a comment that says what the package is for");
        }
        String words = comment.group(1)
                .replaceAll("\n\\s*[*]", " ")
                .replaceAll("\\s+", " ")
                .strip();
        String first = words.split("(?<=[.])\\s+(?=[A-Z<])", 2)[0];
        if (first.contains("<")) {
            throw new AssertionError(file + ": expected a first sentence without a list, which no cell of the guide's"
                    + " table can hold, found " + first);
        }
        return first.replaceAll("\\{@code ([^}]*)}", "`$1`").replaceAll("\\{@link ([^}]*[.])?(\\w+)}", "`$2`");
    }
}
