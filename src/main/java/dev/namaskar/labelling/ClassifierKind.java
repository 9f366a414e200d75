package dev.namaskar.labelling;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.tasks.TaskKind;
import java.util.Set;

/** One label for each input: {@link Classifier}. */
public final class ClassifierKind implements TaskKind {
    static final TaskKind CLASSIFY = new ClassifierKind();

    @Override
    public String name() {
        return "classify";
    }

    @Override
    public String modelName() {
        return "classifier";
    }

    @Override
    public Set<String> settings() {
        return Set.of("top");
    }

    @Override
    public boolean readsFiles(Model stored) {
        return stored.texts().containsKey(InputForm.CHANNELS);
    }

    @Override
    public Classifier read(String name, Model stored) throws MalformedFileException {
        return new Classifier(name, stored);
    }
}
