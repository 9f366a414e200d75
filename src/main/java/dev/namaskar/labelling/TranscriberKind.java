package dev.namaskar.labelling;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.tasks.TaskKind;
import java.util.Set;

/** Labels in their order, at no certain steps: {@link Transcriber}. */
public final class TranscriberKind implements TaskKind {
    static final TaskKind TRANSCRIBE = new TranscriberKind();

    @Override
    public String name() {
        return "transcribe";
    }

    @Override
    public String modelName() {
        return "transcriber";
    }

    @Override
    public Set<String> settings() {
        return Set.of("beam", "nbest");
    }

    @Override
    public boolean readsFiles(Model stored) {
        return stored.texts().containsKey(InputForm.CHANNELS);
    }

    @Override
    public Transcriber read(String name, Model stored) throws MalformedFileException {
        return new Transcriber(name, stored);
    }
}
