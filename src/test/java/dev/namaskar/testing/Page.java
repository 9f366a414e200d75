package dev.namaskar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, in Markdown. */
public record Page(Path file, String text) {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /** A piece that is set apart as {@code language}; what stands in it. */
    public record Block(String language, String text) {}

    /** This file of Markdown. */
    public static Page of(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A page of the guide by its name. */
    public static Page ofGuide(String name) {
        return of(Path.of("src", "site", "markdown", name + ".md"));
    }

    /** The pages of the guide. */
    public static List<Page> guide() {
        try (Stream<Path> files = Files.list(Path.of("src", "site", "markdown"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::of)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The README, that of the corpora, and the guide. */
    public static List<Page> all() {
        return Stream.concat(
                        Stream.of(Path.of("README.md"), Path.of("corpora", "README.md"))
                                .map(Page::of),
                        guide().stream())
                .toList();
    }

    /** The blocks of code, in order. */
    public List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }

    /** The blocks of code in this language. */
    public List<String> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    /** What stands between the comments {@code <!-- name -->} and {@code <!-- /name -->}: a table that the code made. */
    public String between(String name) {
        String begin = "<!-- " + name + " -->\n";
        int from = text.indexOf(begin);
        int to = text.indexOf("<!-- /" + name + " -->", Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new AssertionError(file + ": expected a part marked \"" + name + "\"");
        }
        return text.substring(from + begin.length(), to).strip();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
