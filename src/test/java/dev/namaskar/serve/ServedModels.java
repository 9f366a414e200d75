package dev.namaskar.serve;

import dev.namaskar.labelling.Classifier;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.translation.TextPair;
import dev.namaskar.translation.TranslationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A folder with a small model of several kinds: text, series, classifiers of texts and of channels, translation. */
public final class ServedModels {
    /** The folder of models that are kept with the tests. */
    public static final Path KEPT = Path.of("src/test/resources/models");

    private ServedModels() {}

    /** Trains what is missing, hardly, and copies the rest. */
    public static Path in(Path folder) throws IOException {
        Path models = Files.createDirectory(folder.resolve("models"));
        for (String kept : List.of("v1-text", "v1-series")) {
            Files.copy(KEPT.resolve(kept + ".safetensors"), models.resolve(kept + ".safetensors"));
        }
        List<LabelledText> words = new ArrayList<>();
        List<TextPair> pairs = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            String word = random.ints(4, 'a', 'd').mapToObj(Character::toString).reduce("", String::concat);
            words.add(new LabelledText(word, word.substring(0, 1)));
            pairs.add(new TextPair(word, word.toUpperCase(Locale.ROOT)));
        }
        Classifier.training().hidden(6).steps(20).threads(1).on(words).write(models.resolve("letters.safetensors"));
        TranslationModel.training()
                .hidden(8)
                .steps(20)
                .threads(1)
                .on(pairs)
                .write(models.resolve("capitals.safetensors"));
        channels(folder, random).write(models.resolve("waves.safetensors"));
        return models;
    }

    private static Classifier channels(Path folder, Random random) throws IOException {
        return Classifier.training().hidden(4).steps(10).threads(1).on(waves(folder, random));
    }

    /** Sequences of two channels as a file. */
    public static Path waves(Path folder, Random random) throws IOException {
        StringBuilder text = new StringBuilder("""
            @problemName waves
            @timeStamps false
            @univariate false
            @dimensions 2
            @classLabel true up down
            @data
            """);
        for (int i = 0; i < 12; i++) {
            for (int channel = 0; channel < 2; channel++) {
                for (int t = 0; t < 6; t++) {
                    text.append(t == 0 ? "" : ",").append((i % 2 == 0 ? t : -t) + random.nextGaussian() / 4);
                }
                text.append(':');
            }
            text.append(i % 2 == 0 ? "up" : "down").append('\n');
        }
        return Files.writeString(folder.resolve("waves.ts"), text);
    }
}
