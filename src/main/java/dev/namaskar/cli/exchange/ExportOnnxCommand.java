package dev.namaskar.cli.exchange;

import dev.namaskar.cli.options.Range;
import dev.namaskar.exchange.onnx.OnnxForecaster;
import dev.namaskar.exchange.onnx.OnnxModel;
import dev.namaskar.exchange.onnx.OnnxTranslator;
import dev.namaskar.series.SeriesFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code namaskar export onnx}. */
@Command(
        description = "Write a model as an ONNX file of the standard recurrent operators.",
        footer = {
            "",
            "The graph is the network, its states as inputs and outputs, of any time and batch; with --forecaster all"
                    + " of a forecaster, from histories to forecasts with intervals.",
            "Example: namaskar export onnx m.safetensors --out m.onnx"
        })
public final class ExportOnnxCommand extends ExportCommand {
    @Option(
            names = "--forecaster",
            description = "The whole of a series model: transform, every network of an ensemble, calibration.")
    private boolean forecaster;

    @Option(
            names = "--part",
            paramLabel = "PART",
            description = "Of a model that translates or describes: its encoder or its decoder, a graph each.")
    private @Nullable String part;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        range.effective("--part", !forecaster, "with --forecaster");
        if (part != null) {
            OnnxTranslator.Part wanted = range.usage("--part", () -> OnnxTranslator.Part.of(String.valueOf(part)));
            return writeNetwork(OnnxModel.KIND, model -> OnnxTranslator.content(model, wanted));
        }
        if (!forecaster) {
            return writeNetwork(OnnxModel.KIND, OnnxModel::content);
        }
        range.require(!range.given("--member"), "--member", "none with --forecaster, which takes all", "one");
        return write(OnnxModel.KIND, path -> OnnxForecaster.content(SeriesFile.read(path)));
    }
}
