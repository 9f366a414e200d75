package dev.namaskar.labelling;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.labelling.internal.InputForm;
import dev.namaskar.tasks.TaskKind;
import java.util.Set;

/** A tag for each token: {@link Tagger}. */
public final class TaggerKind implements TaskKind {
    static final TaskKind TAG = new TaggerKind();

    @Override
    public String name() {
        return "tag";
    }

    @Override
    public String modelName() {
        return "tagger";
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
    public Tagger read(String name, Model stored) throws MalformedFileException {
        return new Tagger(name, stored);
    }
}
