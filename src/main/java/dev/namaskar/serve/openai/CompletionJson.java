package dev.namaskar.serve.openai;

import dev.namaskar.serve.stepping.Piece;
import dev.namaskar.serve.stepping.Texts.End;
import dev.namaskar.serve.stepping.Texts.Growth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Completions as JSON, whole or in parts. Belongs to one request. */
final class CompletionJson {
    private final String id;
    private final long created;
    private final String model;
    private final boolean logprobs;
    private final Map<Integer, Integer> offsets = new LinkedHashMap<>();

    CompletionJson(String id, Instant created, String model, boolean logprobs) {
        this.id = id;
        this.created = created.getEpochSecond();
        this.model = model;
        this.logprobs = logprobs;
    }

    /**
     * The request's texts, or some of what is new in them.
     *
     * @param usage how much it was, or null to leave it out
     */
    Map<String, @Nullable Object> completion(List<Growth> growths, @Nullable Map<String, Object> usage) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put("id", id);
        whole.put("object", "text_completion");
        whole.put("created", created);
        whole.put("model", model);
        whole.put("choices", growths.stream().map(this::choice).toList());
        if (usage != null) {
            whole.put("usage", usage);
        }
        return whole;
    }

    private Map<String, @Nullable Object> choice(Growth growth) {
        Map<String, @Nullable Object> choice = new LinkedHashMap<>();
        choice.put("text", growth.text());
        choice.put("index", growth.index());
        choice.put("logprobs", logprobs ? logprobs(growth) : null);
        End end = growth.end();
        choice.put("finish_reason", end == null ? null : end.name().toLowerCase(Locale.ROOT));
        return choice;
    }

    private Map<String, Object> logprobs(Growth growth) {
        int offset = offsets.getOrDefault(growth.index(), 0);
        List<String> tokens = new ArrayList<>();
        List<@Nullable Double> logs = new ArrayList<>();
        List<@Nullable Map<String, Double>> top = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (Piece piece : growth.pieces()) {
            tokens.add(piece.text());
            logs.add(piece.logProbability());
            top.add(piece.alternatives());
            places.add(offset);
            offset += piece.text().codePointCount(0, piece.text().length());
        }
        offsets.put(growth.index(), offset);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tokens", tokens);
        all.put("token_logprobs", logs);
        all.put("top_logprobs", top);
        all.put("text_offset", places);
        return all;
    }

    /** How many characters were read and written. */
    static Map<String, Object> usage(long read, long written) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("prompt_tokens", read);
        usage.put("completion_tokens", written);
        usage.put("total_tokens", read + written);
        return usage;
    }
}
