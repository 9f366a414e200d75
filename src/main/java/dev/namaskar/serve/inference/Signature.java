package dev.namaskar.serve.inference;

import dev.namaskar.serve.models.ServedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tensors a model takes and gives; a side of -1 is of any length.
 *
 * @param inputs what it takes
 * @param outputs what it gives
 */
record Signature(List<Port> inputs, List<Port> outputs) {
    /** A tensor without its data. */
    record Port(String name, String datatype, List<Integer> shape) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", name);
            map.put("datatype", datatype);
            map.put("shape", shape);
            return map;
        }
    }

    static Signature of(ServedModel model) {
        if (model instanceof ServedModel.Text) {
            return new Signature(List.of(texts("prompt")), List.of(texts("text")));
        }
        if (model instanceof ServedModel.Forecasting) {
            return new Signature(
                    List.of(new Port("history", "FP64", List.of(-1, -1)), texts("time")),
                    List.of(
                            new Port("forecast", "FP64", List.of(-1, -1)),
                            new Port("level", "FP64", List.of(-1)),
                            new Port("lower", "FP64", List.of(-1, -1, -1)),
                            new Port("upper", "FP64", List.of(-1, -1, -1))));
        }
        ServedModel.Task task = (ServedModel.Task) model;
        boolean files = task.model().kind().readsFiles(task.model().stored());
        List<Port> outputs = new ArrayList<>(List.of(texts("prediction")));
        if (task.kind().equals("classify")) {
            outputs.add(texts("label"));
            outputs.add(new Port("probability", "FP64", List.of(-1)));
        }
        return new Signature(List.of(texts(files ? "file" : "input")), outputs);
    }

    private static Port texts(String name) {
        return new Port(name, "BYTES", List.of(-1));
    }
}
