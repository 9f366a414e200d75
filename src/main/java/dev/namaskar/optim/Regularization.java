package dev.namaskar.optim;

import dev.namaskar.params.ParamLayout;
import dev.namaskar.params.Settings;
import dev.namaskar.params.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every named rule can be surrounded with: clipping before it, weight decay before or after, slots left alone.
 *
 * @param clip largest norm of the gradient; 0 for none
 * @param clipValue largest entry of the gradient; 0 for none
 * @param decay rate of weight decay; 0 for none
 * @param decoupled whether decay goes beside the rule rather than into the gradient
 * @param decayBiases whether biases decay too
 * @param recurrentDecay what the rate is multiplied by for recurrent weights; usually 1
 * @param frozen patterns of slot names
 */
record Regularization(
        double clip,
        double clipValue,
        double decay,
        boolean decoupled,
        boolean decayBiases,
        double recurrentDecay,
        List<String> frozen) {
    static final Regularization NONE = new Regularization(0, 0, 0, false, true, 1, List.of());

    Regularization {
        Settings.require(clip >= 0, "clip", "0 or more", clip);
        Settings.require(clipValue >= 0, "clip_value", "0 or more", clipValue);
        Settings.requirePositiveOrZero("recurrent_decay", recurrentDecay);
        Settings.require(decay >= 0 && Double.isFinite(decay), "weight_decay", "0 or more", decay);
    }

    Regularization withClip(double norm) {
        return new Regularization(norm, clipValue, decay, decoupled, decayBiases, recurrentDecay, frozen);
    }

    Regularization withClipValue(double limit) {
        return new Regularization(clip, limit, decay, decoupled, decayBiases, recurrentDecay, frozen);
    }

    Regularization withDecay(double rate, boolean besideTheRule, boolean biasesToo) {
        return new Regularization(clip, clipValue, rate, besideTheRule, biasesToo, recurrentDecay, frozen);
    }

    Regularization withRecurrentDecay(double factor) {
        return new Regularization(clip, clipValue, decay, decoupled, decayBiases, factor, frozen);
    }

    Regularization withFrozen(String... patterns) {
        List<String> all =
                Stream.concat(frozen.stream(), Stream.of(patterns)).distinct().toList();
        return new Regularization(clip, clipValue, decay, decoupled, decayBiases, recurrentDecay, all);
    }

    List<GradientTransform> around(List<GradientTransform> rule) {
        List<GradientTransform> chain = new ArrayList<>();
        if (clip > 0) {
            chain.add(new ClipByGlobalNorm(clip));
        }
        if (clipValue > 0) {
            chain.add(new ClipByValue(clipValue));
        }
        if (!decoupled) {
            addDecay(chain);
        }
        chain.addAll(rule);
        if (decoupled) {
            addDecay(chain);
        }
        return List.copyOf(chain);
    }

    private void addDecay(List<GradientTransform> chain) {
        if (decay > 0 && recurrentDecay == 1) {
            chain.add(new WeightDecay(decay, decoupled, decayBiases));
        } else if (decay > 0) {
            chain.add(new WeightDecay(decay, decoupled, decayBiases, false));
            chain.add(new WeightDecay(decay * recurrentDecay, decoupled, decayBiases, true));
        }
    }

    boolean selectsSlots() {
        return !frozen.isEmpty();
    }

    /** Which slots may move; a pattern that fits none is an error, for a typing slip would train what was to be kept. */
    Predicate<Slot> trainable(@Nullable ParamLayout layout) {
        List<Pattern> patterns = frozen.stream().map(Regularization::glob).toList();
        if (layout != null) {
            for (int k = 0; k < patterns.size(); k++) {
                Pattern pattern = patterns.get(k);
                if (layout.slots().stream()
                        .noneMatch(s -> pattern.matcher(s.name()).matches())) {
                    throw new IllegalArgumentException("no slot fits the pattern \"" + frozen.get(k)
                            + "\" to be frozen; there are "
                            + layout.slots().stream().map(Slot::name).toList());
                }
            }
        }
        Predicate<Slot> moves =
                slot -> patterns.stream().noneMatch(p -> p.matcher(slot.name()).matches());
        if (layout != null
                && !layout.slots().isEmpty()
                && layout.slots().stream().noneMatch(moves)) {
            throw new IllegalArgumentException(
                    "the patterns " + frozen + " freeze every slot; nothing is left to learn");
        }
        return moves;
    }

    Map<String, Object> settings() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("weight_decay", decay);
        map.put("decoupled_weight_decay", decoupled);
        map.put("decay_biases", decayBiases);
        map.put("recurrent_decay", recurrentDecay);
        map.put("clip", clip);
        map.put("clip_value", clipValue);
        map.put("freeze", String.join(",", frozen));
        return map;
    }

    private static Pattern glob(String pattern) {
        return Pattern.compile(pattern.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                .collect(Collectors.joining()));
    }
}
