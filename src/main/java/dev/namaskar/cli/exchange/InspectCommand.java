package dev.namaskar.cli.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.namaskar.cli.command.ReportingCommand;
import dev.namaskar.cli.options.EncodingOption;
import dev.namaskar.cli.options.MemberOption;
import dev.namaskar.cli.options.OutputOptions;
import dev.namaskar.cli.options.Range;
import dev.namaskar.cli.options.TextArgument;
import dev.namaskar.cli.options.UnknownOption;
import dev.namaskar.files.AtomicFile;
import dev.namaskar.files.Model;
import dev.namaskar.files.Safetensors;
import dev.namaskar.plot.Appearance;
import dev.namaskar.plot.ModelPage;
import dev.namaskar.plot.PictureFile;
import dev.namaskar.plot.SelfOrganizingMap;
import dev.namaskar.plot.StateMap;
import dev.namaskar.plot.UnitMap;
import dev.namaskar.plot.WeightMap;
import dev.namaskar.symbols.UnknownPolicy;
import dev.namaskar.text.TextModelFile;
import dev.namaskar.text.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code namaskar inspect}. */
@Command(
        description = "Look into a model: tensors, vocabulary, where it comes from, and its units while it reads.",
        footer = {
            "",
            "The picture shows all weights, or with --text what every unit says at every character and what the model "
                    + "predicts. A page (HTML) has both, to be looked through.",
            "Example: namaskar inspect play.safetensors --text \"To be, or not to be\" --out play.html"
        })
@SuppressWarnings("NullAway.Init") // set by picocli before anything runs
public final class InspectCommand extends ReportingCommand {
    private static final int PREDICTED = 5;

    @Parameters(paramLabel = "M", description = "A model file, or a checkpoint.")
    private Path file;

    @Mixin
    private MemberOption member;

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            parameterConsumer = TextArgument.class,
            description = "A text for a text model to read, - for standard input.")
    private @Nullable String text;

    @Option(names = "--out", paramLabel = "FILE", description = "A picture (.png) or a page (.html).")
    private @Nullable Path out;

    @Option(
            names = "--units",
            paramLabel = "PART",
            description = "Which units to show, such as h_l0 or an LSTM's carry c_l0 (the last layer's h).")
    private @Nullable String units;

    @Option(
            names = "--map",
            description = "With --text: draw where the states go, as a self-organising map of them, instead of units.")
    private boolean map;

    @Mixin
    private EncodingOption encoding;

    @Mixin
    private UnknownOption unknown;

    @Option(
            names = "--theme",
            defaultValue = "light",
            paramLabel = "light|dark",
            description = "Colours of a PNG (light); a page follows its reader's.")
    private String theme;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        Range range = range();
        Appearance appearance = range.usage(() -> Appearance.named(theme));
        UnknownPolicy policy = unknown.policy(range);
        for (String flag : List.of("--units", "--map", "--encoding")) {
            range.effective(flag, text != null, "without --text");
        }
        unknown.requireText(range, text != null);
        String ending = out == null
                ? ""
                : range.usage("--out", () -> PictureFile.ending(String.valueOf(out), List.of("png", "html")));
        range.effective("--map", text == null || ending.equals("png"), "without a picture (.png) as --out");
        range.effective("--theme", ending.equals("png"), "without a picture (.png) as --out");
        range.require(text == null || out != null, "--out", "a file for what --text shows", "none");
        text = text == null ? null : encoding.text(text, range);
        try (AtomicFile target = out == null ? null : output.reading(file).open(out, PictureFile.kind(ending))) {
            inspect(target, ending.equals("png"), appearance, policy);
        }
        return 0;
    }

    private void inspect(@Nullable AtomicFile target, boolean png, Appearance appearance, UnknownPolicy policy)
            throws IOException {
        Model model;
        ModelFacts facts;
        try (Safetensors opened = Safetensors.open(file)) {
            model = member.orFirst(opened);
            facts = ModelFacts.of(opened, model);
        }
        Trace trace = text == null ? null : Trace.of(TextModelFile.of(file.toString(), model), text, PREDICTED, policy);
        SelfOrganizingMap states = map && trace != null ? StateMap.of(trace, part(trace)) : null;
        if (target != null) {
            byte[] picture = png
                    ? png(model, trace, states, appearance)
                    : html(model, facts, trace).getBytes(UTF_8);
            target.replace(to -> to.write(picture));
        }
        print(facts, states);
    }

    private byte[] png(Model model, @Nullable Trace trace, @Nullable SelfOrganizingMap states, Appearance appearance) {
        String title = String.valueOf(file.getFileName());
        if (trace != null && states != null) {
            return StateMap.png(trace, states, title + ": where " + part(trace) + " goes", appearance);
        }
        return trace == null
                ? WeightMap.png(model.params(), title + ": weights", appearance)
                : UnitMap.png(trace, part(trace), title + ": units while reading", appearance);
    }

    private String html(Model model, ModelFacts facts, @Nullable Trace trace) throws IOException {
        return ModelPage.html(
                String.valueOf(file.getFileName()),
                facts.sentences(),
                facts.table(),
                model.params(),
                trace,
                trace == null ? "" : part(trace));
    }

    private String part(Trace trace) {
        List<String> parts = List.copyOf(trace.units().keySet());
        if (units == null) {
            List<String> hidden =
                    parts.stream().filter(name -> name.startsWith("h_")).toList();
            return hidden.get(hidden.size() - 1);
        }
        range().require(parts.contains(units), "--units", "one of " + parts, units);
        return units;
    }

    private void print(ModelFacts facts, @Nullable SelfOrganizingMap states) throws IOException {
        Map<String, @Nullable Object> object = facts.json();
        if (out != null) {
            object.put("out", out.toString());
        }
        List<String> lines = new ArrayList<>(facts.sentences());
        if (states != null) {
            object.put("map_side", states.side());
            object.put("quantization_error", states.quantizationError());
            object.put("topographic_error", states.topographicError());
            lines.add(String.format(
                    Locale.ROOT,
                    "map of %d x %d cells: quantisation error %.4f, topographic error %.4f",
                    states.side(),
                    states.side(),
                    states.quantizationError(),
                    states.topographicError()));
        }
        List<List<String>> table = facts.table();
        int longest = table.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
        for (List<String> row : table) {
            lines.add(String.format(Locale.ROOT, "%-" + longest + "s %12s %5s %11s %11s %11s %11s", row.toArray()));
        }
        print(object, String.join(System.lineSeparator(), lines));
    }
}
