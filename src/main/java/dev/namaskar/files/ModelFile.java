package dev.namaskar.files;

import dev.namaskar.net.Network;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Params;
import dev.namaskar.params.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model as one safetensors file. Tensors have PyTorch's names, shapes and gate order ({@code rnn.weight_ih_l0}
 * {@code [gates * hidden, in]}); {@code __metadata__} has {@code format} = {@code namaskar}, the {@code version} of
 * these conventions, the {@code specification} of the network as JSON, and the model's texts under their own names.
 *
 * <p>A checkpoint is such a file with more tensors, all named {@code run.*}; read as a model it is the model that was
 * in training.
 */
public final class ModelFile {
    /** The version that is written; every version up to it is read. */
    public static final int VERSION = 1;

    /** What {@code format} says in these files. */
    public static final String FORMAT = "namaskar";

    /** A finished model; a checkpoint, which a run can go on from, is not one. */
    public static final FileKind KIND = new FileKind("a model", file -> isOurs(file, false));

    static final String RUN_PREFIX = "run.";
    /** Parameters of an ensemble's further members. */
    static final String MEMBER_PREFIX = "member";

    static final String BESIDE_PREFIX = "beside";

    private static final String SPECIFICATION = "specification";
    /** In a specification: several networks over the same parameters, by their prefixes. */
    private static final String NETWORKS = "networks";
    /** Metadata that a model file holds for itself. */
    public static final Set<String> OWN_KEYS = Set.of("format", "version", SPECIFICATION);

    private static final int MAX_LAYERS = 1000;

    private ModelFile() {}

    /**
     * Writes a model; what was there before stays until the new file is complete.
     *
     * @throws IllegalArgumentException if a parameter is not finite
     */
    public static void write(Path target, Model model) throws IOException {
        writer(model).write(target);
    }

    /** The same into a file that the caller holds, so that nobody else could write it meanwhile. */
    public static void write(AtomicFile target, Model model) throws IOException {
        target.replace(writer(model)::writeTo);
    }

    /** Whether a file is a model or, if that is what is asked, a checkpoint: by its header alone. */
    static boolean isOurs(Path path, boolean checkpoint) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return FORMAT.equals(file.metadata().get("format"))
                    && file.metadata().containsKey(Checkpoint.RUN) == checkpoint;
        }
    }

    /** Reads a model from a file. */
    public static Model read(Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return read(file);
        }
    }

    /** How many networks an open file holds: more than one if it is an ensemble. */
    public static int members(Safetensors file) {
        return 1
                + (int) file.tensors().keySet().stream()
                        .filter(name -> name.startsWith(MEMBER_PREFIX))
                        .map(name -> name.substring(0, name.indexOf('.') + 1))
                        .distinct()
                        .count();
    }

    /** One network of an open file, counted from 0. */
    public static Model readMember(Safetensors file, int member) throws IOException {
        Model model = readFirst(file);
        return member == 0
                ? model
                : new Model(
                        model.networks(), params(file, model.params().layout(), memberPrefix(member)), model.texts());
    }

    /** What the names of a member's tensors begin with: nothing for the first. */
    public static String memberPrefix(int member) {
        return member == 0 ? "" : MEMBER_PREFIX + member + ".";
    }

    /** What the names of tensors begin with that belong to a network of another kind beside the first, counted from 0. */
    public static String besidePrefix(int member) {
        return BESIDE_PREFIX + member + ".";
    }

    /**
     * Reads a model from bytes in memory, such as a resource in a jar.
     *
     * @param name stands for the file in errors
     */
    public static Model read(String name, byte[] content) throws IOException {
        try (Safetensors file = Safetensors.of(name, content)) {
            return read(file);
        }
    }

    /** The model's tensors and texts, ready for more. */
    public static SafetensorsWriter writer(Model model) {
        SafetensorsWriter writer = new SafetensorsWriter()
                .metadata("format", FORMAT)
                .metadata("version", Integer.toString(VERSION))
                .metadata(SPECIFICATION, Json.write(specification(model)));
        model.texts().forEach((name, text) -> {
            if (OWN_KEYS.contains(name)) {
                throw new IllegalArgumentException("expected a text under a name of its own, found \"" + name + "\"");
            }
            writer.metadata(name, text);
        });
        for (int member = 0; member <= model.members().size(); member++) {
            add(writer, memberPrefix(member), model.ensemble().get(member));
        }
        return writer;
    }

    /** What a model's network is, or what each of its networks is, as a file says it. */
    public static Map<String, Object> specification(Model model) {
        Map<String, NetworkSpec> specs = model.specs();
        NetworkSpec alone = specs.get("");
        if (alone != null) {
            return alone.toMap();
        }
        Map<String, Object> all = new LinkedHashMap<>();
        specs.forEach((prefix, spec) -> all.put(prefix, spec.toMap()));
        return Map.of(NETWORKS, all);
    }

    /** Adds parameters under names that begin with the prefix. */
    public static void add(SafetensorsWriter writer, String prefix, Params params) {
        for (Slot slot : params.layout().slots()) {
            writer.floats(prefix + slot.name(), PyTorchLayout.get(params, slot), PyTorchLayout.shape(slot));
        }
    }

    /** Reads a model from an open container, with all members of an ensemble. */
    public static Model read(Safetensors file) throws IOException {
        Model first = readFirst(file);
        int count = members(file);
        if (count == 1) {
            return first;
        }
        List<Params> members = new ArrayList<>();
        for (int member = 1; member < count; member++) {
            members.add(params(file, first.params().layout(), memberPrefix(member)));
        }
        return new Model(first.networks(), first.params(), first.texts(), members);
    }

    private static Model readFirst(Safetensors file) throws IOException {
        Map<String, NetworkSpec> specs = specifications(file);
        try {
            Map<String, Network> networks = Model.networks(specs);
            Params params = params(file, Model.layout(networks));
            Map<String, String> texts = new LinkedHashMap<>(file.metadata());
            texts.keySet().removeAll(OWN_KEYS);
            return new Model(networks, params, texts);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFileException(file.file() + ": " + SPECIFICATION + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, NetworkSpec> specifications(Safetensors file) throws MalformedFileException {
        String format = file.metadata().get("format");
        if (!FORMAT.equals(format)) {
            throw new MalformedFileException(file.file() + ": expected a Namaskar model, found a safetensors file of "
                    + (format == null ? "no stated format" : "format " + Json.kind(format))
                    + "; a PyTorch state dict comes in through import pytorch");
        }
        requireKnown(file);
        String text = file.metadata().get(SPECIFICATION);
        if (text == null) {
            throw new MalformedFileException(file.file() + ": expected \"" + SPECIFICATION + "\" in the metadata");
        }
        String where = file.file() + ": " + SPECIFICATION;
        Map<String, @Nullable Object> map = Json.readObject(where, text);
        if (!map.containsKey(NETWORKS)) {
            return Map.of("", specification(where, map));
        }
        Map<String, NetworkSpec> specs = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry :
                Json.object(where, map.get(NETWORKS)).entrySet()) {
            String prefix = entry.getKey();
            if (!prefix.matches("[a-z]{1,40}[.]") || prefix.startsWith(MEMBER_PREFIX) || prefix.equals(RUN_PREFIX)) {
                throw new MalformedFileException(
                        where + ": expected networks named as \"encoder.\" is, found " + Json.kind(prefix));
            }
            specs.put(prefix, specification(where, Json.object(where + ", " + prefix, entry.getValue())));
        }
        if (specs.isEmpty()) {
            throw new MalformedFileException(where + ": expected networks, found none");
        }
        return specs;
    }

    private static NetworkSpec specification(String where, Map<String, @Nullable Object> map)
            throws MalformedFileException {
        if (map.get("layers") instanceof List<?> layers && layers.size() > MAX_LAYERS) {
            throw new MalformedFileException(
                    where + ": expected at most " + MAX_LAYERS + " layers, found " + layers.size());
        }
        try {
            return NetworkSpec.fromMap(map);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(where + ": " + e.getMessage(), e);
        }
    }

    private static void requireKnown(Safetensors file) throws MalformedFileException {
        String version = String.valueOf(file.metadata().get("version"));
        if (version.matches("[1-9][0-9]{0,8}")) {
            if (Integer.parseInt(version) <= VERSION) {
                return;
            }
            throw new MalformedFileException(file.file() + ": this is a file of format version " + version
                    + ", and this release reads up to " + VERSION
                    + "; get the release that wrote it, or a newer one");
        }
        throw new MalformedFileException(
                file.file() + ": expected a format version of 1 to " + VERSION + ", found " + Json.kind(version));
    }

    private static Params params(Safetensors file, ParamLayout layout) throws IOException {
        Params params = params(file, layout, "");
        for (String name : file.tensors().keySet()) {
            if (!layout.contains(name)
                    && Stream.of(RUN_PREFIX, MEMBER_PREFIX, BESIDE_PREFIX).noneMatch(name::startsWith)) {
                throw new MalformedFileException(file.file()
                        + ": expected no tensors but those of the network's specification, found " + Json.write(name));
            }
        }
        return params;
    }

    /** All tensors are found with the right shapes before room for any is taken. */
    public static Params params(Safetensors file, ParamLayout layout, String prefix) throws IOException {
        for (Slot slot : layout.slots()) {
            file.tensor(prefix + slot.name(), PyTorchLayout.shape(slot));
        }
        HeapRoom.require(file.file(), 4L * layout.size());
        Params params = Params.zeros(layout);
        for (Slot slot : layout.slots()) {
            PyTorchLayout.set(params, slot, file.floats(prefix + slot.name(), PyTorchLayout.shape(slot)));
        }
        return params;
    }
}
