package dev.namaskar.labelling.data;

import dev.namaskar.symbols.TextSource;
import dev.namaskar.tasks.PairFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tokens, each with its tag.
 *
 * @param tokens what is read, one or more; none is empty
 * @param tags as many as tokens
 * @param place where it stands, for messages: {@code line 7}
 */
public record TaggedSentence(List<String> tokens, List<String> tags, String place) {
    private static final PairFile FILE = new PairFile(
            new PairFile.Side("token", "word", "form"), new PairFile.Side("tag", "label", "pos", "upos", "ner"));

    /** Checks that each token has its tag. */
    public TaggedSentence {
        tokens = List.copyOf(tokens);
        tags = List.copyOf(tags);
        if (tokens.isEmpty() || tokens.size() != tags.size() || tokens.contains("") || tags.contains("")) {
            throw new IllegalArgumentException(place + ": expected one token or more, each with its tag, found "
                    + tokens.size() + " tokens and " + tags.size() + " tags");
        }
    }

    /** A sentence that comes from no file. */
    public TaggedSentence(List<String> tokens, List<String> tags) {
        this(tokens, tags, "sentence \"" + String.join(" ", tokens) + "\"");
    }

    /** Columns of CoNLL-U: the token's number, its form, and its part of speech. */
    private static final int COLUMNS = 10;

    private static final int FORM = 1;
    private static final int UPOS = 3;
    private static final Pattern BESIDE = Pattern.compile("[0-9]+[-.][0-9]+\t");
    private static final Pattern WORD = Pattern.compile("[0-9]+\t");

    /**
     * Reads a file with a token a line, {@code token TAB tag}, a heading first or none, and a blank line between sentences; or one of Universal
     * Dependencies (CoNLL-U), whose forms and parts of speech (UPOS) are taken: comments, ranges of tokens that are written as
     * one, and tokens that are not written are passed over.
     *
     * @param encoding null to look at the text
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public static List<TaggedSentence> read(Path file, @Nullable Charset encoding) throws IOException {
        String[] lines = TextSource.of(file).readAll(encoding).split("\r\n|\n|\r", -1);
        List<TaggedSentence> sentences = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        boolean dependencies = dependencies(lines);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank() && !(dependencies && isBeside(lines[i]))) {
                PairFile.Pair pair =
                        FILE.parse(file, "line " + (i + 1), dependencies ? word(file, i + 1, lines[i]) : lines[i]);
                if (tokens.isEmpty() && sentences.isEmpty() && FILE.isHeading(pair)) {
                    continue;
                }
                tokens.add(pair.input());
                tags.add(pair.target().strip());
            }
            if (!tokens.isEmpty() && (lines[i].isBlank() || i == lines.length - 1)) {
                sentences.add(new TaggedSentence(
                        tokens, tags, "line " + (i + 1 - tokens.size() + (lines[i].isBlank() ? 0 : 1))));
                tokens.clear();
                tags.clear();
            }
        }
        if (sentences.isEmpty()) {
            throw new IOException(file + ": expected lines of a token, a tab and a tag, found none");
        }
        return sentences;
    }

    /** Whether the first line that is neither blank nor a comment is a token of CoNLL-U. */
    private static boolean dependencies(String... lines) {
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = line.split("\t", -1);
                return columns.length == COLUMNS && columns[0].startsWith("1");
            }
        }
        return false;
    }

    /** Whether a line is a comment, a range of tokens ({@code 3-4}), or a token that is not written ({@code 5.1}). */
    private static boolean isBeside(String line) {
        return line.startsWith("#") || BESIDE.matcher(line).lookingAt();
    }

    private static String word(Path file, int number, String line) throws IOException {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS || !WORD.matcher(line).lookingAt()) {
            throw new IOException(file + ", line " + number + ": expected the " + COLUMNS
                    + " columns of CoNLL-U, a number first, found \"" + line + "\"");
        }
        if (columns[UPOS].equals("_")) {
            throw new IOException(
                    file + ", line " + number + ": expected a part of speech (UPOS) in column 4, found none");
        }
        return columns[FORM] + '\t' + columns[UPOS];
    }
}
