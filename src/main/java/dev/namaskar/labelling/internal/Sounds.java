package dev.namaskar.labelling.internal;

import dev.namaskar.labelling.data.ChannelSequence;
import dev.namaskar.labelling.data.LabelledText;
import dev.namaskar.params.SplitMix64;
import dev.namaskar.speech.Augmentation;
import dev.namaskar.speech.Features;
import dev.namaskar.speech.FrontEnd;
import dev.namaskar.speech.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * How recordings are learned from.
 *
 * @param frontEnd what a network reads of them, by the lowest rate among them
 * @param augmentation how they are varied
 * @param variants varied ones learned beside each recording
 */
public record Sounds(IntFunction<FrontEnd> frontEnd, Augmentation augmentation, int variants) {
    /** Above this rate there is next to nothing that tells words apart. */
    private static final int HIGHEST_USUAL_RATE = 16_000;

    private static final String ENDING = ".wav";

    /** Whether all inputs are names of WAV files. */
    public static boolean are(List<LabelledText> examples) {
        return examples.stream()
                .allMatch(example ->
                        example.text().strip().toLowerCase(Locale.ROOT).endsWith(ENDING));
    }

    /**
     * Reads a recording that a file lists, whose path begins at its folder or, where there is no such file, at the working
     * directory.
     *
     * @throws IOException naming the line and the recording that cannot be read
     */
    public static Recording read(Path list, LabelledText line) throws IOException {
        Path named = Path.of(line.text().strip());
        Path beside = list.resolveSibling(named);
        try {
            return Recording.read(Files.exists(beside) ? beside : named);
        } catch (IOException e) {
            throw new IOException(list + ", " + line.place() + ": " + e.getMessage(), e);
        }
    }

    /** What a network will read, its scale learned from these recordings. */
    public InputForm.OfSound form(List<Recording> learned) {
        int lowest = learned.stream().mapToInt(Recording::rate).min().orElse(HIGHEST_USUAL_RATE);
        FrontEnd chosen = frontEnd.apply(Math.min(HIGHEST_USUAL_RATE, lowest));
        List<ChannelSequence> features = learned.stream()
                .map(recording -> InputForm.OfSound.sequence(chosen.features(recording)))
                .toList();
        return new InputForm.OfSound(chosen, Channels.of(features));
    }

    /** A recording's variants, drawn by a number of its own. */
    public List<Item> variants(InputForm.OfSound form, Recording recording, long number) {
        List<Item> all = new ArrayList<>();
        SplitMix64 random = new SplitMix64(SplitMix64.mix(number * SplitMix64.GOLDEN_GAMMA));
        for (int i = 0; i < variants; i++) {
            Item item = form.item(augmentation.vary(recording, random));
            Features scaled = new Features(item.values(), form.channels().count());
            augmentation.hide(scaled, form.frontEnd().bands().count(), random);
            all.add(item);
        }
        return all;
    }
}
