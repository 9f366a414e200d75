package dev.namaskar.exchange.pytorch;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Safetensors;
import dev.namaskar.files.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state dict and which of its tensors are {@code rnn}, {@code head} and {@code embedding}.
 *
 * <p>Modules of these names are what they are called, under whatever parent ({@code model.rnn}) and for a head also
 * inside an nn.Sequential ({@code head.1}). Others are known by what they hold: the one recurrent module by its
 * {@code weight_ih_l0}, the head as the one matrix as wide as its output, the embedding as the one matrix without bias
 * as wide as its input. What is left over computes something that is not known here, and is an error.
 */
final class StateDict {
    private static final Pattern RECURRENT =
            Pattern.compile("(?:(.*)\\.)?(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)_l([0-9]{1,3})(_reverse)?");

    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    private final Safetensors file;
    /** Our name of each tensor, and the file's. */
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    /** What no module took. */
    private final Map<String, Tensor> left = new LinkedHashMap<>();

    /** What was taken for what, where names were others: {@code "lstm" as rnn}. */
    private final List<String> renamed = new ArrayList<>();

    private int layers;
    private boolean reverse;

    private StateDict(Safetensors file) {
        this.file = file;
    }

    /** Sorts a file's tensors. */
    static StateDict of(Safetensors file) throws MalformedFileException {
        StateDict dict = new StateDict(file);
        dict.left.putAll(file.tensors());
        // safetensors.torch.save_model writes tensors that are one in memory once, and the others' names as metadata.
        file.metadata().forEach((name, other) -> {
            Tensor shared = file.tensors().get(other);
            if (shared != null) {
                dict.left.putIfAbsent(name, shared);
            }
        });
        String parent = dict.takeRecurrent();
        dict.takeHead(parent);
        dict.takeEmbedding(parent);
        return dict;
    }

    /** Refuses a file with more than the three modules have; what is missing is the better thing to name first. */
    void requireNothingLeft() throws MalformedFileException {
        if (!left.isEmpty()) {
            throw malformed("expected tensors of \"rnn\", \"head\" and \"embedding\" alone, found "
                    + left.keySet().stream().sorted().limit(8).toList() + "; what they do is not known here");
        }
    }

    /** Moves the recurrent module's tensors and returns the parent it shares with its neighbours, with its dot. */
    private String takeRecurrent() throws MalformedFileException {
        TreeSet<String> modules = new TreeSet<>();
        left.keySet().forEach(name -> {
            Matcher matcher = RECURRENT.matcher(name);
            if (matcher.matches()) {
                modules.add(matcher.group(1) == null ? "" : matcher.group(1));
            }
        });
        if (modules.isEmpty()) {
            file.tensor("rnn.weight_ih_l0");
        }
        if (modules.size() > 1) {
            throw malformed("expected one recurrent module, found " + modules + "; here one network has one");
        }
        String module = modules.first();
        for (String name : List.copyOf(left.keySet())) {
            Matcher matcher = RECURRENT.matcher(name);
            if (matcher.matches()) {
                if (matcher.group(2).equals("weight_hr")) {
                    throw malformed(
                            "an LSTM with projections (proj_size, tensor \"" + name + "\") has no counterpart here");
                }
                layers = Math.max(layers, Integer.parseInt(matcher.group(3)) + 1);
                reverse |= matcher.group(4) != null;
                tensors.put("rnn." + name.substring(module.isEmpty() ? 0 : module.length() + 1), left.remove(name));
            }
        }
        note(module, "rnn");
        return module.contains(".") ? module.substring(0, module.lastIndexOf('.') + 1) : "";
    }

    private void takeHead(String parent) throws MalformedFileException {
        int width = matrix("rnn.weight_hh_l0").shape().get(1) * (reverse ? 2 : 1);
        List<String> named = modules(module -> module.matches(Pattern.quote(parent) + "head(\\.[0-9]+)?"));
        if (named.size() > 1) {
            throw malformed("expected one linear layer as head, found " + named
                    + "; what stands between them is not in a state dict");
        }
        List<String> fitting = modules(module -> !module.equals(parent + "embedding") && fits(module, width));
        List<String> biased = fitting.stream()
                .filter(module -> left.containsKey(module + BIAS))
                .toList();
        // An embedding that is as wide as the head has no bias; most heads have one.
        List<String> found = !named.isEmpty() ? named : biased.size() == 1 ? biased : fitting;
        if (found.isEmpty()) {
            file.tensor(parent + "head" + WEIGHT);
        }
        if (found.size() > 1) {
            throw malformed("expected one matrix of " + width + " columns as head, found " + found
                    + "; name it head to say which it is");
        }
        take(found.get(0), "head", WEIGHT, BIAS);
    }

    private void takeEmbedding(String parent) throws MalformedFileException {
        int width = matrix("rnn.weight_ih_l0").shape().get(1);
        List<String> named = modules((parent + "embedding")::equals);
        List<String> fitting = modules(module -> fits(module, width) && !left.containsKey(module + BIAS));
        List<String> found = named.isEmpty() ? fitting : named;
        if (found.size() > 1) {
            throw malformed("expected at most one matrix of " + width + " columns as embedding, found " + found
                    + "; name it embedding to say which it is");
        }
        if (!found.isEmpty()) {
            take(found.get(0), "embedding", WEIGHT);
        }
    }

    private List<String> modules(Predicate<String> wanted) {
        return left.keySet().stream()
                .filter(name -> name.endsWith(WEIGHT))
                .map(name -> name.substring(0, name.length() - WEIGHT.length()))
                .filter(wanted)
                .sorted()
                .toList();
    }

    private boolean fits(String module, int columns) {
        Tensor weight = left.get(module + WEIGHT);
        return weight != null && weight.shape().size() == 2 && weight.shape().get(1) == columns;
    }

    private void take(String module, String name, String... parts) {
        for (String part : parts) {
            Tensor tensor = left.remove(module + part);
            if (tensor != null) {
                tensors.put(name + part, tensor);
            }
        }
        note(module, name);
    }

    private void note(String module, String name) {
        if (!module.equals(name)) {
            renamed.add((module.isEmpty() ? "the nameless module" : "\"" + module + "\"") + " as " + name);
        }
    }

    /** What was taken for what, where modules have other names; empty if none has. */
    String renamed() {
        return String.join(", ", renamed);
    }

    /** What the file says of itself. */
    Map<String, String> metadata() {
        return file.metadata();
    }

    /** Layers of the recurrent module. */
    int layers() {
        return layers;
    }

    /** Whether it reads both ways. */
    boolean reverse() {
        return reverse;
    }

    /** Whether there is a tensor of this name of ours. */
    boolean contains(String name) {
        return tensors.containsKey(name);
    }

    /** Whether any of the module's tensors is a bias. */
    boolean hasBiases(String module) {
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(module + ".bias"));
    }

    /** The tensor of this name of ours; an error lists some of those there are. */
    Tensor tensor(String name) throws MalformedFileException {
        Tensor tensor = tensors.get(name);
        return tensor == null ? file.tensor(name) : tensor;
    }

    /** The matrix of this name of ours. */
    Tensor matrix(String name) throws MalformedFileException {
        Tensor tensor = tensor(name);
        if (tensor.shape().size() != 2) {
            throw malformed("expected a matrix, got " + Tensor.format(tensor.shape()) + " for tensor \"" + tensor.name()
                    + "\"");
        }
        return tensor;
    }

    /** Checks that the tensor of this name of ours is there and has this shape. */
    void requireShape(String name, int... shape) throws MalformedFileException {
        file.tensor(tensor(name).name(), shape);
    }

    /** An error in this file. */
    MalformedFileException malformed(String message) {
        return new MalformedFileException(file.file() + ": " + message);
    }
}
