package dev.namaskar.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of the driver's machine on their way to executors, content and all. */
public final class FileCopies implements Serializable {
    private static final long serialVersionUID = 1;
    private static final String FOLDER = "namaskar-copies-";
    private static final Pattern COPY = Pattern.compile("\\S*" + FOLDER + "\\d+/(\\d+)/[^\\s,:]+");

    private final ArrayList<String> names = new ArrayList<>();
    private final ArrayList<byte[]> contents = new ArrayList<>();

    private FileCopies() {}

    /** Reads them all. */
    public static FileCopies of(List<Path> files) throws IOException {
        FileCopies copies = new FileCopies();
        for (Path file : files) {
            copies.names.add(String.valueOf(file.getFileName()));
            copies.contents.add(Files.readAllBytes(file));
        }
        return copies;
    }

    /** Writes them down on this machine, until this process ends; their paths, in the same order. */
    public List<Path> write() throws IOException {
        Path folder = Files.createTempDirectory(FOLDER);
        folder.toFile().deleteOnExit();
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            // Two files may have the same name, and what a model remembers of a file is its name.
            Path own = Files.createDirectory(folder.resolve(String.valueOf(i)));
            own.toFile().deleteOnExit();
            Path file = Files.write(own.resolve(names.get(i)), contents.get(i));
            file.toFile().deleteOnExit();
            files.add(file);
        }
        return files;
    }

    /** A sentence with the files' own names in place of copies. */
    public static String named(String sentence, List<Path> files) {
        return COPY.matcher(sentence)
                .replaceAll(copy -> Matcher.quoteReplacement(
                        files.get(Integer.parseInt(copy.group(1))).toString()));
    }
}
