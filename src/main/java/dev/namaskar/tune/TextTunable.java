package dev.namaskar.tune;

import dev.namaskar.text.CharacterModel;
import dev.namaskar.text.TextTraining;
import dev.namaskar.text.TrainedText;
import dev.namaskar.text.corpus.Corpus;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A character model's training on a text: trials are chosen by the loss of the part held out. */
final class TextTunable extends TrainingTunable<TextTraining, CharacterModel> {
    private final Corpus corpus;

    TextTunable(Supplier<TextTraining> fresh, Corpus corpus) {
        super(fresh, TunedSettings.ofText());
        this.corpus = corpus;
    }

    @Override
    public String task() {
        return "text";
    }

    @Override
    public String measure() {
        return "val_nats";
    }

    @Override
    public Map<String, @Nullable Object> identity() {
        Map<String, @Nullable Object> identity = super.identity();
        identity.put("data", String.format(Locale.ROOT, "%016x", corpus.fingerprint()));
        return identity;
    }

    @Override
    Fitted<CharacterModel> fit(TextTraining training) throws IOException {
        TrainedText trained = training.fit(corpus);
        if (!trained.report().validated()) {
            throw new IllegalArgumentException("expected a part of the text held out to choose settings by, found none,"
                    + " as a list of words is learned whole: ask for `val-fraction`");
        }
        return new Fitted<>(trained.report().loss(), trained.model());
    }
}
