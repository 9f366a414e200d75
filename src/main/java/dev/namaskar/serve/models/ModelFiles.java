package dev.namaskar.serve.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of models in some places, and what has changed in them since they were last looked at. */
final class ModelFiles {
    private static final String ENDING = ".safetensors";
    /** How often a file has to be missed before its model goes: one that is replaced may be away for a moment. */
    private static final int MISSED = 3;

    private final List<Path> places;
    private final Map<Path, Stamp> seen = new HashMap<>();
    private final Map<Path, Stamp> tried = new HashMap<>();
    private final Map<String, Path> files = new TreeMap<>();
    private final Map<String, Integer> missed = new HashMap<>();

    /** What shows that a file is another than before. */
    private record Stamp(
            FileTime written, long size, @Nullable Object key) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }
    }

    /** Takes what was found. */
    interface Found {
        /** A file that is new or was replaced. */
        void read(String name, ServedModel model);

        /** A file that is no model. */
        void broken(String name, String why);

        /** A file that is no more. */
        void gone(String name);
    }

    ModelFiles(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /** Refuses places that are not there. */
    void requireReadable() throws IOException {
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new NoSuchFileException(place.toString());
            }
        }
        Map<String, Path> names = new HashMap<>();
        for (Path file : list()) {
            Path other = names.put(name(file), file);
            if (other != null) {
                throw new IllegalArgumentException("expected one file for each name, found a second for \"" + name(file)
                        + "\": " + other + ", " + file);
            }
        }
    }

    /** Refuses files that were named one by one and could not be read. */
    void requireRead(Map<String, String> troubles) throws IOException {
        for (Path place : places) {
            String trouble = Files.isDirectory(place) ? null : troubles.get(name(place));
            if (trouble != null) {
                throw new IOException(trouble);
            }
        }
    }

    private List<Path> list() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                if (Files.exists(place)) {
                    all.add(place);
                }
                continue;
            }
            try (Stream<Path> entries = Files.list(place)) {
                entries.filter(file -> file.getFileName().toString().endsWith(ENDING) && Files.isRegularFile(file))
                        .sorted()
                        .forEach(all::add);
            }
        }
        return all;
    }

    static String name(Path file) {
        String name = Objects.requireNonNull(file.toAbsolutePath().normalize().getFileName(), "file")
                .toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    void look(boolean patient, Found found) {
        List<Path> now;
        try {
            now = list();
        } catch (IOException unreadable) {
            return; // a folder that is away for a moment; what was read stays
        }
        Map<String, Path> names = new TreeMap<>();
        for (Path file : now) {
            String name = name(file);
            if (names.putIfAbsent(name, file) == null) {
                look(name, file, patient, found);
            }
        }
        for (String name : List.copyOf(files.keySet())) {
            if (names.containsKey(name)) {
                missed.remove(name);
            } else if (missed.merge(name, 1, Integer::sum) >= MISSED && !places.contains(files.get(name))) {
                tried.remove(files.remove(name));
                missed.remove(name);
                found.gone(name);
            }
        }
    }

    private void look(String name, Path file, boolean patient, Found found) {
        try {
            Stamp stamp = Stamp.of(file);
            if (stamp.equals(tried.get(file))) {
                return;
            }
            if (patient && !stamp.equals(seen.put(file, stamp))) {
                return;
            }
            tried.put(file, stamp);
            files.put(name, file);
            found.read(name, ServedModel.read(name, file));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            found.broken(name, e instanceof OutOfMemoryError ? "out of memory" : String.valueOf(e.getMessage()));
        }
    }
}
