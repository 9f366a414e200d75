package dev.namaskar.serve.models;

import dev.namaskar.serve.http.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The models that are there, each under its file's name without the ending. */
public final class ModelShelf {
    private static final String ENDING = ".safetensors";

    private volatile Map<String, ServedModel> models = Map.of();

    private ModelShelf() {}

    /** A shelf of nothing. */
    public static ModelShelf empty() {
        return new ModelShelf();
    }

    /**
     * Reads models.
     *
     * @param places files, or folders whose files ending in {@code .safetensors} are the models
     * @throws IOException if one cannot be read or is no model
     * @throws IllegalArgumentException if two have one name, or there is none at all
     */
    public static ModelShelf of(List<Path> places) throws IOException {
        Map<String, ServedModel> found = new TreeMap<>();
        for (Path place : places) {
            for (Path file : files(place)) {
                String name = name(file);
                if (found.put(name, ServedModel.read(name, file)) != null) {
                    throw new IllegalArgumentException(
                            "expected one file for each name, found a second for \"" + name + "\": " + file);
                }
            }
        }
        ModelShelf shelf = new ModelShelf();
        shelf.models = found;
        return shelf;
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        String name = file.toAbsolutePath().normalize().getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** All models, by name. */
    public List<ServedModel> all() {
        return new ArrayList<>(models.values());
    }

    /**
     * The model of this name.
     *
     * @throws Refusal if there is none: 404
     */
    public ServedModel get(String name) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw new Refusal(
                    404,
                    "model_not_found",
                    "model",
                    "there is no model of this name; there are " + (models.isEmpty() ? "none" : models.keySet()));
        }
        return model;
    }
}
