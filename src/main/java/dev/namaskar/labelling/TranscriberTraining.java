package dev.namaskar.labelling;

import dev.namaskar.files.Model;
import dev.namaskar.labelling.internal.Channels;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.losses.Ctc;
import dev.namaskar.params.Setting;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.CtcObjective;
import dev.namaskar.train.run.DataFile;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transcriber's training: recurrent layers that read both ways, at every step a logit for each label and for the blank,
 * and CTC over them.
 */
public final class TranscriberTraining extends SoundTraining<Transcriber, TranscriberTraining> {
    private static final int USUAL_REPEAT = 2;

    private Lexicon.Cut unit = Lexicon.Cut.WORD;
    private @Nullable Integer repeat;

    TranscriberTraining() {}

    @Override
    protected TranscriberTraining self() {
        return this;
    }

    @Override
    protected Transcriber model(String name, Model stored) throws IOException {
        return Transcriber.of(name, stored);
    }

    /** Networks trained by CTC speak at steps of their own, so that a mean over them would blur what each says. */
    @Override
    protected boolean averages() {
        return false;
    }

    @Override
    List<String> known(Transcriber earlier) {
        return earlier.labels();
    }

    /** What one label is: what stands between blanks, the usual, or a code point. */
    public TranscriberTraining unit(Lexicon.Cut label) {
        unit = label;
        return this;
    }

    /** Of texts: steps for each code point, and so the most labels that one can become; usually 2. */
    public TranscriberTraining repeat(@Nullable Integer steps) {
        Setting.atLeast("repeat", 1, steps);
        repeat = steps;
        return this;
    }

    /**
     * Learns a file: lines of a WAV file's path, a tab and its labels, or of a text, a tab and its labels; or a long table
     * where its columns are named.
     *
     * @throws IOException if it, or a recording, cannot be read, or labels do not fit: it names the line
     */
    public Transcriber on(Path file) throws IOException {
        return fit(file).model();
    }

    /** Learns a file and reports on it. */
    public Trained<Transcriber> fit(Path file) throws IOException {
        Path other = validation();
        try {
            return fit(
                    String.valueOf(file.getFileName()),
                    Spoken.read(file, columns(), encoding()),
                    other == null ? null : Spoken.read(other, columns(), encoding()));
        } catch (IllegalArgumentException e) {
            throw DataFile.named(file, e);
        }
    }

    private Trained<Transcriber> fit(String name, List<Spoken> all, @Nullable List<Spoken> others) throws IOException {
        List<Spoken> learned = new ArrayList<>();
        List<Spoken> validating = new ArrayList<>(others == null ? List.of() : others);
        divide(all, others != null, learned, validating);
        Earlier<Transcriber> before = earlier();
        TranscriptionForm form =
                before == null ? form(learned.get(0).source()) : before.model().form();
        InputForm input = before == null ? input(learned) : before.model().input();
        LabelNames labels = names(all.stream()
                .flatMap(one -> form.unit().symbols(one.labels()).stream())
                .toList());
        Utterances examples = utterances(input, form, labels, learned, true);
        Utterances heldOut = utterances(input, form, labels, validating, false);
        note("learning " + learned.size() + " examples"
                + (examples.size() > learned.size() ? ", with variants " + examples.size() + "," : "")
                + " of " + labels.size() + " labels, " + input + "; " + validating.size() + " validate");
        Model start =
                Transcriber.stored(start(input, labels.size() + 1, below -> below), input, labels, form, columns());
        return learn(
                TrainingPlan.of(
                        start,
                        examples,
                        () -> new CtcObjective(labels.size()),
                        validating.isEmpty() ? null : new UtteranceLoss(start.network(), heldOut),
                        settings(form, input),
                        now -> {
                            Transcriber transcriber = Transcriber.of(name, now);
                            return TrainingPlan.some(validating, learned).stream()
                                    .map(one -> new Sample.Answer(
                                            one.input(),
                                            one.labels(),
                                            transcriber.transcribe(one.source()).text()))
                                    .toList();
                        }),
                name);
    }

    private void divide(List<Spoken> all, boolean elsewhere, List<Spoken> learned, List<Spoken> validating) {
        boolean[] aside = heldOut(all.size(), i -> all.get(i).input());
        int held = 0;
        for (boolean one : aside) {
            held += one ? 1 : 0;
        }
        boolean divided = !elsewhere && held >= FEWEST_HELD_OUT && held < all.size();
        for (int i = 0; i < aside.length; i++) {
            (divided && aside[i] ? validating : learned).add(all.get(i));
        }
    }

    private TranscriptionForm form(Spoken.Source source) {
        boolean texts = source instanceof Spoken.Letters;
        if (repeat != null && !texts) {
            throw new IllegalArgumentException("expected texts, as `repeat` is asked for, found " + source.kind());
        }
        int steps = repeat == null ? texts ? USUAL_REPEAT : 1 : repeat;
        return new TranscriptionForm(unit, steps);
    }

    private InputForm input(List<Spoken> learned) {
        Spoken.Source first = learned.get(0).source();
        if (first instanceof Spoken.Sound) {
            return sounds().form(learned.stream()
                    .map(one -> ((Spoken.Sound) one.source()).recording())
                    .toList());
        }
        requireNoSounds(first.kind());
        if (first instanceof Spoken.Steps) {
            return new InputForm.OfChannels(Channels.of(learned.stream()
                    .map(one -> ((Spoken.Steps) one.source()).sequence())
                    .toList()));
        }
        return new InputForm.OfText(Lexicon.of(
                Lexicon.Cut.CODEPOINT,
                learned.stream()
                        .map(one -> ((Spoken.Letters) one.source()).text())
                        .toList()));
    }

    private Utterances utterances(
            InputForm input, TranscriptionForm form, LabelNames labels, List<Spoken> all, boolean varied) {
        List<Utterance> utterances = new ArrayList<>();
        for (Spoken one : all) {
            int[] wanted = form.unit().symbols(one.labels()).stream()
                    .mapToInt(label -> labels.require(label, one.place()))
                    .toArray();
            Item item = Transcriber.item(input, form, one.source());
            utterances.add(Utterance.of(item, wanted, one));
            if (varied && one.source() instanceof Spoken.Sound sound && input instanceof InputForm.OfSound heard) {
                long number = settings().seed() + 31L * utterances.size();
                for (Item variant : sounds().variants(heard, sound.recording(), number)) {
                    // what became too short for its labels is left out
                    if (variant.steps() >= Ctc.framesNeeded(wanted)) {
                        utterances.add(new Utterance(variant, wanted));
                    }
                }
            }
        }
        return new Utterances(input.network(), labels.size(), utterances);
    }

    private Map<String, Object> settings(TranscriptionForm form, InputForm input) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("label_unit", form.unit().label());
        if (form.repeat() > 1) {
            settings.put("repeat", form.repeat());
        }
        if (input instanceof InputForm.OfSound) {
            settings.put("variants", sounds().variants());
        }
        return settings;
    }
}
