package dev.namaskar.serve.models;

import dev.namaskar.serve.http.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The models that are there, each under its file's name without the ending. While it is {@link #watch watched}, a file that
 * is new or was replaced becomes the model of its name; requests that have the old one end with it. A file that cannot be
 * read leaves the old one in its place.
 */
public final class ModelShelf {
    private final ModelFiles files;
    private volatile Map<String, ServedModel> models = Map.of();
    private final Map<String, String> troubles = new ConcurrentSkipListMap<>();

    private ModelShelf(List<Path> places) {
        files = new ModelFiles(places);
    }

    /**
     * Reads models.
     *
     * @param places files, or folders whose files ending in {@code .safetensors} are the models, those that cannot be read
     *     left out
     * @throws IOException if a file that was named cannot be read or is no model
     * @throws IllegalArgumentException if two have one name
     */
    public static ModelShelf of(List<Path> places) throws IOException {
        ModelShelf shelf = new ModelShelf(places);
        shelf.files.requireReadable();
        shelf.look(line -> {}, false);
        shelf.files.requireRead(shelf.troubles);
        return shelf;
    }

    /** All models, by name. */
    public List<ServedModel> all() {
        return new ArrayList<>(models.values());
    }

    /** Whether there is a model of this name. */
    public boolean has(String name) {
        return models.containsKey(name);
    }

    /** What is wrong with files, by the names of their models. */
    public Map<String, String> troubles() {
        return Map.copyOf(troubles);
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

    /**
     * The model of this name, which has to be of this kind.
     *
     * @throws Refusal if there is none (404), or it is for something else (400, saying where to ask it)
     */
    public <T extends ServedModel> T get(String name, Class<T> kind) {
        ServedModel model = get(name);
        if (kind.isInstance(model)) {
            return kind.cast(model);
        }
        throw Refusal.wrong(
                "wrong_kind", "model", "the model of this name is for " + model.kind() + "; ask it at " + model.path());
    }

    /**
     * Looks after the files from now on.
     *
     * @param every how often
     * @param log takes a line for each model that comes, goes or cannot be read
     * @return what ends it
     */
    public AutoCloseable watch(Duration every, Consumer<String> log) {
        troubles.forEach((name, trouble) -> log.accept("model " + name + ": " + trouble));
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            Thread.sleep(every.toMillis());
                            look(log, true);
                        }
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "models");
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    /**
     * Looks at the files once.
     *
     * @param patient whether a file that has changed is left until it changes no more, as one that is being copied will
     */
    void look(Consumer<String> log, boolean patient) {
        Map<String, ServedModel> now = new TreeMap<>(models);
        files.look(patient, new ModelFiles.Found() {
            @Override
            public void read(String name, ServedModel model) {
                log.accept("model " + name + ": " + (now.containsKey(name) ? "replaced" : "read") + ", "
                        + model.description());
                now.put(name, model);
                troubles.remove(name);
            }

            @Override
            public void broken(String name, String why) {
                String trouble = why + (now.containsKey(name) ? "; the one before stays" : "");
                log.accept("model " + name + ": " + trouble);
                troubles.put(name, trouble);
            }

            @Override
            public void gone(String name) {
                log.accept("model " + name + ": gone");
                now.remove(name);
                troubles.remove(name);
            }
        });
        models = now;
    }
}
