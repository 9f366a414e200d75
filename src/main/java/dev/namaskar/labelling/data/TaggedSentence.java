package dev.namaskar.labelling.data;

import dev.namaskar.symbols.TextSource;
import dev.namaskar.tasks.PairFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens, each with its tag.
 *
 * @param tokens what is read, one or more; none is empty
 * @param tags as many as tokens
 * @param place where it stands, for messages: {@code line 7}
 */
public record TaggedSentence(List<String> tokens, List<String> tags, String place) {
    private static final PairFile FILE = new PairFile(PairFile.Side.told("token"), PairFile.Side.told("tag"));

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

    /**
     * Reads a file with a token a line, {@code token TAB tag}, and a blank line between sentences.
     *
     * @param encoding null to look at the text
     * @throws IOException naming file and line, if a line has no tab or more than one, or nothing on either side
     */
    public static List<TaggedSentence> read(Path file, @Nullable Charset encoding) throws IOException {
        String[] lines = TextSource.of(file).readAll(encoding).split("\r\n|\n|\r", -1);
        List<TaggedSentence> sentences = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                PairFile.Pair pair = FILE.parse(file, "line " + (i + 1), lines[i]);
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
}
