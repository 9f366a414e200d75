package dev.namaskar.translation;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.tasks.TaskKind;
import java.util.Set;

/** A text for each text: {@link TranslationModel}. */
public final class TranslateKind implements TaskKind {
    static final TaskKind TRANSLATE = new TranslateKind();

    @Override
    public String name() {
        return "translate";
    }

    @Override
    public String modelName() {
        return "translation model";
    }

    @Override
    public Set<String> settings() {
        return Set.of("beam", "nbest");
    }

    @Override
    public TranslationModel read(String name, Model stored) throws MalformedFileException {
        return TranslationModel.of(name, stored);
    }
}
