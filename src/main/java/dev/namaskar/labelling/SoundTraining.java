package dev.namaskar.labelling;

import dev.namaskar.labelling.internal.Channels;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.Sounds;
import dev.namaskar.params.Setting;
import dev.namaskar.speech.Augmentation;
import dev.namaskar.speech.FrontEnd;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Trained;
import dev.namaskar.train.run.DataFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What trainings have in common that can learn from recordings. */
abstract sealed class SoundTraining<M extends LabelModel, S extends SoundTraining<M, S>> extends LabelTraining<M, S>
        permits ClassifierTraining, TranscriberTraining {
    private static final int USUAL_VARIANTS = 8;

    private @Nullable FrontEnd frontEnd;
    private @Nullable Augmentation augmentation;
    private @Nullable Integer variants;
    private @Nullable Double hop;
    private @Nullable Integer bands;

    /**
     * Learns a file: lines of a text or of a WAV file's path, a tab and what it is labelled with; one of sktime's ({@code
     * .ts}); or a long table where its columns are named.
     *
     * @throws IOException if it, or a recording, cannot be read, or labels do not fit: it names the line
     */
    @Override
    public final Trained<M> fit(Path file) throws IOException {
        try {
            return fit(String.valueOf(file.getFileName()), read(file));
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    /** Reads examples of a file. */
    final List<LabelledInput> read(Path file) throws IOException {
        return LabelledInput.read(file, columns(), encoding());
    }

    /** Learns examples, under this name. */
    abstract Trained<M> fit(String name, List<LabelledInput> all) throws IOException;

    /** What a network reads of a recording; usually {@link FrontEnd#of} the lowest rate among them, 16 kHz at most. */
    public final S frontEnd(FrontEnd chosen) {
        frontEnd = chosen;
        return self();
    }

    /** How recordings are varied; usually {@link Augmentation#usual}. */
    public final S augmentation(Augmentation how) {
        augmentation = how;
        return self();
    }

    /** A frame every so many milliseconds; usually 10. */
    public final S hop(@Nullable Double milliseconds) {
        Setting.positive("hop", milliseconds);
        hop = milliseconds;
        return self();
    }

    /** So many mel bands; usually 40. */
    public final S bands(@Nullable Integer count) {
        Setting.atLeast("bands", 1, count);
        bands = count;
        return self();
    }

    /** How many variants are learned beside each recording; usually 8. */
    public final S variants(@Nullable Integer count) {
        Setting.atLeast("variants", 0, count);
        variants = count;
        return self();
    }

    private FrontEnd frontEnd(int rate) {
        FrontEnd chosen = frontEnd == null ? FrontEnd.of(rate) : frontEnd;
        chosen = hop == null ? chosen : chosen.withHop(hop);
        return bands == null ? chosen : chosen.withBands(bands);
    }

    /** Tells of varied copies where there are some. */
    final void putVariants(InputForm input, Map<String, Object> settings) {
        if (input instanceof InputForm.OfSound) {
            settings.put("variants", sounds().variants());
        }
    }

    private Sounds sounds() {
        return new Sounds(
                this::frontEnd,
                augmentation == null ? Augmentation.usual() : augmentation,
                variants == null ? USUAL_VARIANTS : variants);
    }

    /**
     * What the network will read, of examples all of one kind.
     *
     * @param unit what one symbol of a text is
     */
    final InputForm input(List<LabelledInput> learned, Lexicon.Cut unit) {
        String kind = learned.get(0).source().kind();
        if (learned.get(0).source() instanceof Source.Sound) {
            return inputOr(
                    InputForm.OfSound.class,
                    kind,
                    () -> sounds().form(sources(Source.Sound.class, learned, Source.Sound::recording)));
        }
        if (frontEnd != null || augmentation != null || variants != null || hop != null || bands != null) {
            throw new IllegalArgumentException(
                    "expected recordings, for which `variants`, `hop` and `bands` are, found " + kind);
        }
        return learned.get(0).source() instanceof Source.Steps
                ? inputOr(
                        InputForm.OfChannels.class,
                        kind,
                        () -> new InputForm.OfChannels(
                                Channels.of(sources(Source.Steps.class, learned, Source.Steps::sequence))))
                : inputOr(
                        InputForm.OfText.class,
                        kind,
                        () -> new InputForm.OfText(
                                Lexicon.of(unit, sources(Source.Letters.class, learned, Source.Letters::text))));
    }

    private static <S, R> List<R> sources(Class<S> kind, List<LabelledInput> all, Function<S, R> inside) {
        return all.stream().map(one -> inside.apply(kind.cast(one.source()))).toList();
    }

    /** Varied copies of an input that is sound; none of any other. */
    final List<Item> variants(InputForm input, LabelledInput one, long number) {
        return input instanceof InputForm.OfSound heard && one.source() instanceof Source.Sound sound
                ? sounds().variants(heard, sound.recording(), settings().seed() + 31L * number)
                : List.of();
    }
}
