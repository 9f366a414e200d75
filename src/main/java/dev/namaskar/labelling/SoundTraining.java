package dev.namaskar.labelling;

import dev.namaskar.labelling.internal.Sounds;
import dev.namaskar.params.Setting;
import dev.namaskar.speech.Augmentation;
import dev.namaskar.speech.FrontEnd;
import dev.namaskar.tasks.TaskModel;
import org.jspecify.annotations.Nullable;

/** What trainings have in common that can learn from recordings. */
abstract sealed class SoundTraining<M extends TaskModel, S extends SoundTraining<M, S>> extends LabelTraining<M, S>
        permits ClassifierTraining, TranscriberTraining {
    private static final int USUAL_VARIANTS = 8;

    private @Nullable FrontEnd frontEnd;
    private @Nullable Augmentation augmentation;
    private @Nullable Integer variants;
    private @Nullable Double hop;
    private @Nullable Integer bands;

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

    final Sounds sounds() {
        return new Sounds(
                this::frontEnd,
                augmentation == null ? Augmentation.usual() : augmentation,
                variants == null ? USUAL_VARIANTS : variants);
    }

    /** Refuses what is said of recordings where there are none. */
    final void requireNoSounds(String found) {
        if (frontEnd != null || augmentation != null || variants != null || hop != null || bands != null) {
            throw new IllegalArgumentException(
                    "expected recordings, for which `variants`, `hop` and `bands` are, found " + found);
        }
    }
}
