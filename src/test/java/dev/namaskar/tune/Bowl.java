package dev.namaskar.tune;

import dev.namaskar.train.run.TrainingListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something to tune that takes no time: a score that is a function of the settings and, a little, of the part of a run. */
final class Bowl implements Tunable<String> {
    final AtomicInteger fits = new AtomicInteger();
    final AtomicInteger trained = new AtomicInteger();
    Set<String> asked = Set.of();
    Consumer<Trial> before = trial -> {};
    double diverging = Double.POSITIVE_INFINITY;

    @Override
    public String task() {
        return "bowl";
    }

    @Override
    public String measure() {
        return "depth";
    }

    @Override
    public List<TunedSetting<String>> settings() {
        return List.of(
                setting("lr", Scale.RATE, "1e-5..10"),
                setting("hidden", Scale.WIDTH, "2..2000"),
                setting("cell", Scale.WORD, "gru|lstm|rnn"),
                setting("layers", Scale.WHOLE, null),
                setting("dropout", Scale.NUMBER, "0..0.9"));
    }

    private static TunedSetting<String> setting(String name, Scale scale, @Nullable String usual) {
        return new TunedSetting<>(name, scale, usual, s -> false, (s, v) -> s);
    }

    @Override
    public Set<String> asked() {
        return asked;
    }

    @Override
    public Map<String, @Nullable Object> identity() {
        return Map.of("data", "bowl of " + diverging);
    }

    @Override
    public long seed() {
        return 7;
    }

    @Override
    public void check(Map<String, Object> settings) {
        if (settings.getOrDefault("dropout", 0.0) instanceof Double part && !(part >= 0 && part < 1)) {
            throw new IllegalArgumentException("`dropout`: expected 0 <= number < 1, found " + part);
        }
    }

    @Override
    public Fitted<String> fit(Trial trial, Setup setup, TrainingListener watch) throws IOException {
        fits.incrementAndGet();
        before.accept(trial);
        double rate = (double) trial.settings().getOrDefault("lr", 0.002);
        if (rate > diverging) {
            throw new IllegalArgumentException("a rate of " + rate + " does not go with a bowl");
        }
        return new Fitted<>(score(trial.settings(), trial.part()), trial.whole() ? "model of " + trial.words() : null);
    }

    /** Deep at a rate of 0.01 and 60 units; parts of a run see it from a slightly different place. */
    static double score(Map<String, Object> settings, double part) {
        double rate = (double) settings.getOrDefault("lr", 0.002);
        int hidden = (int) settings.getOrDefault("hidden", 128);
        String cell = (String) settings.getOrDefault("cell", "gru");
        double dropout = (double) settings.getOrDefault("dropout", 0.0);
        return Math.pow(Math.log(rate / 0.01) + 1 - part, 2)
                + Math.pow(Math.log(hidden / 60.0), 2)
                + cell.length() * 0.1
                + Math.abs(dropout - 0.3) * (2 - part);
    }

    @Override
    public String train(Map<String, Object> settings, Setup setup, TrainingListener watch) {
        trained.incrementAndGet();
        return "model of " + new Trial(0, 0, 1, settings).words();
    }
}
