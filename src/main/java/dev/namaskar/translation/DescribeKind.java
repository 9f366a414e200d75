package dev.namaskar.translation;

import dev.namaskar.files.MalformedFileException;
import dev.namaskar.files.Model;
import dev.namaskar.tasks.TaskKind;
import java.util.Set;

/** A text for each vector: {@link DescriptionModel}. */
public final class DescribeKind implements TaskKind {
    static final TaskKind DESCRIBE = new DescribeKind();

    @Override
    public String name() {
        return "describe";
    }

    @Override
    public String modelName() {
        return "description model";
    }

    @Override
    public Set<String> settings() {
        return Set.of("beam", "nbest");
    }

    @Override
    public DescriptionModel read(String name, Model stored) throws MalformedFileException {
        return DescriptionModel.of(name, stored);
    }
}
