package dev.namaskar.labelling;

import dev.namaskar.files.Model;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.labelling.internal.Item;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.losses.Ctc;
import dev.namaskar.params.Setting;
import dev.namaskar.symbols.Lexicon;
import dev.namaskar.tasks.Parts;
import dev.namaskar.tasks.Trained;
import dev.namaskar.tasks.TrainingPlan;
import dev.namaskar.train.CtcObjective;
import dev.namaskar.train.run.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
        return new Transcriber(name, stored);
    }

    /** Networks trained by CTC speak at steps of their own, so that a mean over them would blur what each says. */
    @Override
    protected boolean averages() {
        return false;
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

    @Override
    Trained<Transcriber> fit(String name, List<LabelledInput> all) throws IOException {
        Earlier<Transcriber> before = earlier();
        TranscriptionForm form =
                before == null ? form(all.get(0).source()) : before.model().form();
        Function<LabelledInput, List<String>> spoken = one -> form.unit().symbols(one.labels());
        Parts<LabelledInput> parts = divide(all, validating(this::read), LabelledInput::content, spoken);
        List<LabelledInput> learned = parts.learned();
        List<LabelledInput> validating = parts.validating();
        InputForm input = input(learned, Lexicon.Cut.CODEPOINT);
        LabelNames labels =
                names(all.stream().flatMap(one -> spoken.apply(one).stream()).toList());
        Utterances examples = utterances(input, form, labels, learned, true);
        Utterances heldOut = utterances(input, form, labels, validating, false);
        note("learning " + learned.size() + " examples"
                + (examples.size() > learned.size() ? ", with variants " + examples.size() + "," : "")
                + " of " + labels.size() + " labels, " + input + "; " + validating.size() + " validate");
        Model start = form.in(start(TranscriberKind.TRANSCRIBE, input, labels, 1, below -> below));
        return learn(
                TrainingPlan.of(
                        start,
                        examples,
                        () -> new CtcObjective(labels.size()),
                        validating.isEmpty() ? null : new UtteranceLoss(start.network(), heldOut),
                        settings(form, input),
                        now -> {
                            Transcriber transcriber = new Transcriber(name, now);
                            return TrainingPlan.some(validating, learned).stream()
                                    .map(one -> new Sample.Answer(
                                            one.name(),
                                            one.labels(),
                                            transcriber.transcribe(one.source()).text()))
                                    .toList();
                        }),
                name);
    }

    private TranscriptionForm form(Source source) {
        boolean texts = source instanceof Source.Letters;
        if (repeat != null && !texts) {
            throw new IllegalArgumentException("expected texts, as `repeat` is asked for, found " + source.kind());
        }
        int steps = repeat == null ? texts ? USUAL_REPEAT : 1 : repeat;
        return new TranscriptionForm(unit, steps);
    }

    private Utterances utterances(
            InputForm input, TranscriptionForm form, LabelNames labels, List<LabelledInput> all, boolean varied) {
        List<Utterance> utterances = new ArrayList<>();
        for (LabelledInput one : all) {
            int[] wanted = labels.require(form.unit().symbols(one.labels()), one.place());
            utterances.add(Utterance.of(form.item(input, one.source()), wanted, one));
            for (Item variant : varied ? variants(input, one, utterances.size()) : List.<Item>of()) {
                // what became too short for its labels is left out
                if (variant.steps() >= Ctc.framesNeeded(wanted)) {
                    utterances.add(new Utterance(variant, wanted));
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
        putVariants(input, settings);
        return settings;
    }
}
