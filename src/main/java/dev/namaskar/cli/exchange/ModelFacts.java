package dev.namaskar.cli.exchange;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.files.ModelFile;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.Tensor;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.net.layers.Dense;
import dev.namaskar.net.layers.Dropout;
import dev.namaskar.net.layers.Embedding;
import dev.namaskar.net.layers.Ensemble;
import dev.namaskar.net.layers.Layer;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.symbols.SymbolDisplay;
import dev.namaskar.symbols.Vocabulary;
import dev.namaskar.tasks.TaskKind;
import dev.namaskar.text.TextModelFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What there is to say of a model file: for people as sentences and a table, for programs as JSON. */
final class ModelFacts {
    private static final int MOST_SYMBOLS = 100;
    private static final int MOST_SHOWN = 1200;

    /** Numbers of one tensor. */
    private record Row(Tensor tensor, double least, double most, double mean, double rms) {}

    private final String file;
    private final Model model;
    private final int members;
    private final List<Row> rows = new ArrayList<>();

    private ModelFacts(String file, Model model, int members) {
        this.file = file;
        this.model = model;
        this.members = members;
    }

    /** Reads an open file whole. */
    static ModelFacts of(Safetensors file, Model model) throws IOException {
        ModelFacts facts = new ModelFacts(file.file(), model, ModelFile.members(file));
        for (Tensor tensor : file.tensors().values()) {
            facts.rows.add(row(tensor, file.floats(tensor)));
        }
        return facts;
    }

    private static Row row(Tensor tensor, float[] values) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
            sum += value;
            squares += (double) value * value;
        }
        return values.length == 0
                ? new Row(tensor, 0, 0, 0, 0)
                : new Row(tensor, least, most, sum / values.length, Math.sqrt(squares / values.length));
    }

    private String kind() throws MalformedFileException {
        String kind = TaskKind.isKnown(model)
                ? TaskKind.of(file, model).modelName()
                : model.texts().containsKey(TextModelFile.VOCABULARY)
                        ? "text model"
                        : model.texts().containsKey("series") ? "series model" : "network without a task";
        return (model.texts().containsKey("progress") ? "checkpoint of a " : "") + kind;
    }

    /** Sentences, the most important first. */
    List<String> sentences() throws IOException {
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "%s, %,d parameters%s, format version %d",
                kind(),
                model.params().values().length,
                members > 1 ? " in each of " + members + " networks" : "",
                ModelFile.VERSION));
        model.networks()
                .forEach((prefix, network) ->
                        sentences.add((prefix.isEmpty() ? "network" : prefix.substring(0, prefix.length() - 1)) + ": "
                                + describe(network.spec())));
        if (model.texts().containsKey(TextModelFile.VOCABULARY)) {
            sentences.add(describe(TextModelFile.vocabulary(file, model)));
        }
        for (Map.Entry<String, String> text : model.texts().entrySet()) {
            if (text.getKey().equals(TextModelFile.WINDOW)) {
                sentences.add("memory: reads the last " + text.getValue() + " symbols for the next, from a zero state");
            } else if (!text.getKey().equals(TextModelFile.VOCABULARY)
                    && !text.getKey().equals(TaskKind.KEY)) {
                sentences.add(text.getKey() + ": " + shortened(plain(read(text))));
            }
        }
        return sentences;
    }

    /** A text that would fill more than some lines, such as a list of words, by its beginning. */
    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN
                ? text
                : text.substring(0, MOST_SHOWN).replaceFirst("\\S*$", "...");
    }

    private static String describe(NetworkSpec network) {
        String input = (network.tokens() ? "tokens " : "values ") + network.inputWidth();
        return input + " -> "
                + network.layers().stream().map(ModelFacts::describe).collect(Collectors.joining(" -> "));
    }

    private static String describe(Layer layer) {
        if (layer instanceof Recurrent recurrent) {
            return recurrent.cell().name() + " " + recurrent.hidden()
                    + (recurrent.order() > 1 ? " of order " + recurrent.order() : "")
                    + (recurrent.bidirectional()
                            ? " both ways, " + recurrent.merge().key()
                            : "");
        }
        if (layer instanceof Embedding embedding) {
            return "embedding " + embedding.width();
        }
        if (layer instanceof Dropout dropout) {
            return "dropout " + dropout.rate();
        }
        if (layer instanceof Ensemble ensemble) {
            return "mean of " + ensemble.members() + " times ("
                    + ensemble.layers().stream().map(ModelFacts::describe).collect(Collectors.joining(" -> ")) + ")";
        }
        return layer instanceof Dense dense
                ? "dense " + dense.width() + " " + dense.activation().key()
                : layer.kind().replace('_', ' ');
    }

    private static String describe(Vocabulary vocabulary) {
        int shown = Math.min(MOST_SYMBOLS, vocabulary.size());
        return "vocabulary: " + vocabulary.size() + " symbols of unit "
                + vocabulary.unitLabel() + ": "
                + IntStream.range(0, shown)
                        .mapToObj(index -> SymbolDisplay.of(vocabulary.text(index)))
                        .collect(Collectors.joining(" "))
                + (shown < vocabulary.size() ? " ..." : "");
    }

    /**
     * A text of the model. Files of earlier releases tell with which path their maker named the corpus, which is nobody's
     * business: the folders are left out.
     */
    private @Nullable Object read(Map.Entry<String, String> text) throws IOException {
        Object value = Json.read(file + ": " + text.getKey(), text.getValue());
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, @Nullable Object> shown = new LinkedHashMap<>(map);
        for (String path : List.of("name", "from")) {
            shown.computeIfPresent(path, (key, named) -> named instanceof String name ? lastPart(name) : named);
        }
        return shown;
    }

    private static String lastPart(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** JSON for people: {@code name x, steps 20, levels 0.8 0.95}. */
    private static String plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey()
                            + (entry.getValue() instanceof Map
                                    ? " (" + plain(entry.getValue()) + ")"
                                    : " " + plain(entry.getValue())))
                    .collect(Collectors.joining(", "));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ModelFacts::plain).collect(Collectors.joining(" "));
        }
        return value == null ? "none" : value.toString();
    }

    /** A row a tensor, the header first. */
    List<List<String>> table() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("tensor", "shape", "dtype", "least", "most", "mean", "rms"));
        for (Row row : rows) {
            Tensor tensor = row.tensor();
            table.add(List.of(
                    tensor.name(),
                    tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")),
                    tensor.dtype().name(),
                    number(row.least()),
                    number(row.most()),
                    number(row.mean()),
                    number(row.rms())));
        }
        return table;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** Everything, for programs. */
    Map<String, @Nullable Object> json() throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("model", file);
        object.put("kind", kind());
        object.put("version", ModelFile.VERSION);
        object.put("parameters", model.params().values().length);
        object.put("members", members);
        object.put("specification", ModelFile.specification(model));
        List<Object> tensors = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> tensor = new LinkedHashMap<>();
            tensor.put("name", row.tensor().name());
            tensor.put("shape", row.tensor().shape());
            tensor.put("dtype", row.tensor().dtype());
            tensor.put("least", row.least());
            tensor.put("most", row.most());
            tensor.put("mean", row.mean());
            tensor.put("rms", row.rms());
            tensors.add(tensor);
        }
        object.put("tensors", tensors);
        for (Map.Entry<String, String> text : model.texts().entrySet()) {
            object.put(text.getKey(), text.getKey().equals(TaskKind.KEY) ? text.getValue() : read(text));
        }
        return object;
    }
}
