package dev.namaskar.translation;

import dev.namaskar.decoding.Hypothesis;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.EncoderDecoder;
import dev.namaskar.params.Params;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.PredictionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stored encoder and decoder, or an ensemble of them, that write targets, whatever their sources are.
 *
 * @param longest most symbols of a target where nothing else is asked for
 */
record TargetModel(Model stored, EncoderDecoder model, TargetSymbols targets, int longest) {
    private static final String SYMBOLS = "target_symbols";
    private static final String LONGEST = "longest_target";
    private static final int MOST = 1_000_000;

    TargetModel {
        int read = model.decoder().spec().inputWidth();
        int written = model.decoder().spec().outputWidth();
        if (!model.decoder().spec().tokens() || read != targets.size() || written != targets.size()) {
            throw new IllegalArgumentException("expected a decoder that reads and writes " + targets.size()
                    + " symbols (the targets', the unknown and the end), found one that reads " + read + " and writes "
                    + written);
        }
    }

    /** A model that says all that makes its decoder write targets. */
    static Model stored(Model plain, TargetSymbols targets, int longest) {
        return plain.withText(SYMBOLS, targets.lexicon().toJson()).withText(LONGEST, Integer.toString(longest));
    }

    static TargetModel of(String name, Model stored) throws MalformedFileException {
        String longest = stored.texts().getOrDefault(LONGEST, "");
        if (!longest.matches("[1-9][0-9]{0,6}") || Integer.parseInt(longest) > MOST) {
            throw new MalformedFileException(name + ": " + LONGEST + ": expected a whole number of 1 to " + MOST
                    + ", found \"" + longest + "\"");
        }
        Lexicon lexicon = Lexicon.fromJson(name + ": " + SYMBOLS, stored.texts().getOrDefault(SYMBOLS, ""));
        try {
            return new TargetModel(
                    stored,
                    EncoderDecoder.of(stored.networks()),
                    new TargetSymbols(lexicon),
                    Integer.parseInt(longest));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(name + ": " + e.getMessage(), e);
        }
    }

    private TargetWriter writer(GemmLibrary library) {
        List<float[]> networks = stored.ensemble().stream().map(Params::values).toList();
        return new TargetWriter(model, targets, library, networks.size()).load(networks);
    }

    /** The best targets of each source, best first. */
    List<List<Translation>> write(List<Source> sources, Decoding how, GemmLibrary library) {
        Integer asked = how.longest();
        return writer(library).search(sources, how, asked == null ? longest : asked).stream()
                .map(this::translations)
                .toList();
    }

    private List<Translation> translations(List<Hypothesis> found) {
        return found.stream().map(each -> Translation.of(targets, each)).toList();
    }

    float[][] attention(Source source, String target) {
        return writer(GemmLibrary.JAVA).attention(source, targets.encode(target));
    }

    /** What is asked of answers, as a search. */
    static Decoding decoding(PredictionSettings settings) {
        Integer beam = settings.beam();
        return (beam == null ? Decoding.USUAL : Decoding.USUAL.withBeam(beam)).withBest(settings.nbest());
    }

    /** What each example says is right, compared with what is written for its source. */
    TranslationReport evaluate(List<Source> sources, List<String> keys, List<String> right, Decoding how) {
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Source> different = new ArrayList<>();
        List<List<List<String>>> answers = new ArrayList<>();
        List<TargetExamples.Item> items = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            int place = places.computeIfAbsent(keys.get(i), key -> places.size());
            if (place == different.size()) {
                different.add(sources.get(i));
                answers.add(new ArrayList<>());
            }
            answers.get(place).add(targets.lexicon().cut().symbols(right.get(i)));
            items.add(new TargetExamples.Item(sources.get(i), targets.encode(right.get(i))));
        }
        List<List<String>> written = write(different, how, GemmLibrary.best()).stream()
                .map(best -> best.isEmpty() ? List.<String>of() : best.get(0).symbols())
                .toList();
        return TranslationReport.of(written, answers, writer(GemmLibrary.best()).nats(items), items.size());
    }
}
