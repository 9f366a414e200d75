package dev.namaskar.text;

import dev.namaskar.files.Json;
import dev.namaskar.files.MalformedFileException;
import dev.namaskar.net.RecurrentLayers;
import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.params.RecordCodec;
import dev.namaskar.train.settings.Averaging;
import dev.namaskar.train.settings.EarlyStop;
import dev.namaskar.train.settings.RunSettings;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run limited by time is going to be: asked for, or chosen by {@link BudgetRule}. A checkpoint keeps it, so that a
 * run that is taken up again measures nothing and ends with the same bits.
 *
 * @param minutes that were asked for
 * @param speed of this machine, in billions of multiplications and additions a second
 * @param layers all of them said
 * @param embedding length of a symbol's vector; null for what is usual, as plans of before have it
 * @param dropoutInput part of it that is dropped, or null
 * @param batch B
 * @param seqLen T
 * @param optimizer with its rate, schedule and clipping
 * @param average of the weights, or null
 * @param members networks of the ensemble; null for one
 * @param steps of each network that the time is enough for, or that the text has a use for
 * @param allPasses whether the text, and not the time, ends the run; null for no
 * @param validateEvery so many steps; 0 for at the end alone
 */
record TextPlan(
        double minutes,
        double speed,
        RecurrentLayers layers,
        @Nullable Integer embedding,
        @Nullable Double dropoutInput,
        int batch,
        int seqLen,
        String optimizer,
        @Nullable String average,
        @Nullable Integer members,
        long steps,
        long validateEvery,
        @Nullable Boolean allPasses) {
    /** The same with another number of steps. */
    TextPlan withSteps(long count, long every, boolean all) {
        return new TextPlan(
                minutes,
                speed,
                layers,
                embedding,
                dropoutInput,
                batch,
                seqLen,
                optimizer,
                average,
                members,
                count,
                every,
                all ? true : null);
    }

    /** Whether the run ends with its time, so that its steps are planned anew where the machine is not what it was. */
    boolean endsByTime() {
        return allPasses == null || !allPasses;
    }

    /** What is asked for and, where nothing is, what was chosen. */
    TextSettings over(TextSettings asked) {
        RunSettings run = asked.run();
        RunSettings.Data data = run.data();
        EarlyStop stop = run.stop();
        OptimizerSpec rule = run.update().optimizer();
        OptimizerSpec planned = OptimizerSpec.parse(optimizer);
        if (planned.name().equals(rule.name())) {
            for (Map.Entry<String, Object> setting : planned.settings().entrySet()) {
                rule = rule.orElse(setting.getKey(), setting.getValue());
            }
        }
        Averaging mean = run.update().average();
        RunSettings all = run.withOptimizer(rule)
                .withAverage(mean != null || average == null ? mean : Averaging.parse(average))
                .withData(new RunSettings.Data(data.batch() == null ? batch : data.batch(), data.valFraction()))
                .withStop(new EarlyStop(
                        stop.at(), stop.patience(), validateEvery == 0 ? stop.every() : Long.valueOf(validateEvery)));
        VariationalDropout own = asked.variational();
        return asked.withRun(all)
                .withLayers(asked.layers().orElse(layers))
                .withEmbedding(asked.embedding() == null && embedding != null ? embedding : asked.embedding())
                .withVariational(own.input() == null ? own.withInput(dropoutInput) : own)
                .withSeqLen(asked.seqLen() == null ? seqLen : asked.seqLen())
                .withMembers(asked.members() == null ? members : asked.members());
    }

    String write() {
        return Json.write(RecordCodec.PLAIN.write(this));
    }

    /** Reads what {@link #write} wrote; {@code where} names it in errors. */
    static TextPlan read(String where, String json) throws MalformedFileException {
        try {
            return RecordCodec.PLAIN.read("plan", TextPlan.class, Json.readObject(where, json));
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(where + ": " + e.getMessage(), e);
        }
    }

    /** The plan in a line. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "for %s minutes at %.0f GFLOP/s: %s%s %d x %d, embedding %d, dropout %s%s, batch %d, sequence length"
                        + " %d, %s%s, %d steps%s",
                minutes,
                speed,
                members == null ? "" : members + " networks, ",
                layers.cell(),
                layers.layers(),
                layers.hidden(),
                embedding == null ? 0 : embedding,
                layers.dropout(),
                dropoutInput == null ? "" : " (" + dropoutInput + " of the embedding)",
                batch,
                seqLen,
                optimizer,
                average == null ? "" : ", average " + average,
                steps,
                endsByTime() ? "" : ", more than which would only learn the text by heart");
    }
}
