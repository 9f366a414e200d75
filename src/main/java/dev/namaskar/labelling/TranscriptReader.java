package dev.namaskar.labelling;

import dev.namaskar.decoding.CtcBeam;
import dev.namaskar.decoding.CtcPath;
import dev.namaskar.decoding.FrameScores;
import dev.namaskar.decoding.Hypothesis;
import dev.namaskar.decoding.Span;
import dev.namaskar.labelling.data.LabelSpan;
import dev.namaskar.labelling.data.Transcript;
import dev.namaskar.labelling.internal.LabelNames;
import dev.namaskar.losses.Ctc;
import dev.namaskar.tasks.PredictionSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads labels out of log probabilities, of which the one behind the labels is the blank's.
 *
 * @param hop seconds from step to step; null where steps are not in time
 */
record TranscriptReader(
        LabelNames labels, TranscriptionForm form, @Nullable Double hop) {
    private static final int USUAL_BEAM = 8;

    /** The best readings of a row; with a beam of 1 the likeliest symbol of each step, whatever stands beside it. */
    List<Transcript> read(FrameScores scores, PredictionSettings settings) {
        Integer asked = settings.beam();
        int width = Math.max(settings.nbest(), asked == null ? USUAL_BEAM : asked);
        if (width == 1) {
            return List.of(transcript(scores, CtcPath.greedy(scores, labels.size())));
        }
        return new CtcBeam(labels.size(), width, settings.nbest())
                .search(scores).stream()
                        .map(Hypothesis::symbols)
                        .map(found -> transcript(scores, found))
                        .toList();
    }

    /** Labels that are known, each at its likeliest place. */
    Transcript transcript(FrameScores scores, int[] found) {
        return transcript(scores, CtcPath.align(scores, labels.size(), found));
    }

    private Transcript transcript(FrameScores scores, CtcPath path) {
        List<LabelSpan> spans = new ArrayList<>();
        for (Span span : path.spans()) {
            String label = labels.names().get(span.symbol());
            spans.add(new LabelSpan(label, span.first(), span.end(), Math.exp(span.logProbability()), hop));
        }
        List<String> names = spans.stream().map(LabelSpan::label).toList();
        return new Transcript(form.text(names), spans, -nats(scores, path.labels()));
    }

    /** {@code -ln p} of labels over all ways to spread them. */
    double nats(FrameScores scores, int[] found) {
        float[] unused = new float[scores.values().length];
        return new Ctc(labels.size())
                .compute(scores.values(), unused, 0, scores.symbols(), scores.frames(), scores.symbols(), found, 1);
    }
}
