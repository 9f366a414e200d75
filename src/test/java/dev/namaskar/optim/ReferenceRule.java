package dev.namaskar.optim;

import java.util.Map;

/**
 * Update rules of one coordinate in double, written down from the papers and the implementations' manuals, without a
 * look at the production code's algebra: bias corrections are divisions here, nothing is folded.
 */
final class ReferenceRule {
    private final String name;
    private final Map<String, Object> settings;
    private double mean;
    private double square;
    private double other;
    private double muProduct = 1;
    private int step;

    ReferenceRule(String name, Map<String, Object> settings) {
        this.name = name;
        this.settings = settings;
        if (name.equals("adagrad")) {
            square = get("initial_accumulator_value");
        }
    }

    private double get(String key) {
        return (Double) settings.get(key);
    }

    private boolean is(String key) {
        return (Boolean) settings.get(key);
    }

    /** Where the gradient is taken. */
    double gradientPoint(double w) {
        return name.equals("nesterov-lookahead") ? w + get("momentum") * mean : w;
    }

    /** The new parameter, from the old one and the gradient at {@link #gradientPoint}. */
    double update(double w, double gradient, double rate) {
        step++;
        double g = gradient;
        double start = w;
        if (is("decoupled_weight_decay")) {
            start = w - rate * get("weight_decay") * gradientPoint(w);
        } else {
            g += get("weight_decay") * gradientPoint(w);
        }
        return switch (name) {
            case "sgd", "momentum", "nesterov" -> start - rate * momentum(g);
            case "momentum-average" -> {
                mean = get("beta") * mean + (1 - get("beta")) * g;
                yield start - rate * mean;
            }
            case "nesterov-lookahead" -> {
                mean = get("momentum") * mean - rate * g;
                yield start + mean;
            }
            case "adagrad" -> {
                square += g * g;
                yield start - rate / (1 + (step - 1) * get("lr_decay")) * g / (Math.sqrt(square) + get("eps"));
            }
            case "adadelta" -> start - rate * adadelta(g);
            case "rmsprop" -> start - rate * rmsProp(g);
            case "adam", "adamw", "amsgrad" -> start - rate * adam(g);
            case "adamax" -> {
                mean = get("beta1") * mean + (1 - get("beta1")) * g;
                square = Math.max(get("beta2") * square, Math.abs(g) + get("eps"));
                yield start - rate / (1 - Math.pow(get("beta1"), step)) * mean / square;
            }
            case "nadam", "nadam-simple" -> start - rate * nadam(g);
            default -> throw new IllegalArgumentException("no reference for \"" + name + "\": write one");
        };
    }

    private double momentum(double g) {
        double keep = get("momentum");
        if (keep == 0) {
            return g;
        }
        mean = step == 1 ? g : keep * mean + (1 - get("dampening")) * g;
        return is("nesterov") ? g + keep * mean : mean;
    }

    private double adadelta(double g) {
        double rho = get("rho");
        square = rho * square + (1 - rho) * g * g;
        double d = Math.sqrt(other + get("eps")) / Math.sqrt(square + get("eps")) * g;
        other = rho * other + (1 - rho) * d * d;
        return d;
    }

    private double rmsProp(double g) {
        double alpha = get("alpha");
        square = alpha * square + (1 - alpha) * g * g;
        mean = alpha * mean + (1 - alpha) * g;
        double variance = is("centered") ? square - mean * mean : square;
        double d = g / (Math.sqrt(variance) + get("eps"));
        if (get("momentum") == 0) {
            return d;
        }
        other = get("momentum") * other + d;
        return other;
    }

    private double adam(double g) {
        moments(g);
        double meanHat = mean / (1 - Math.pow(get("beta1"), step));
        double used = square;
        if (is("amsgrad")) {
            other = Math.max(other, square);
            used = other;
        }
        return meanHat / (Math.sqrt(used / (1 - Math.pow(get("beta2"), step))) + get("eps"));
    }

    private double nadam(double g) {
        moments(g);
        double now = mu(step);
        double next = mu(step + 1);
        muProduct *= now;
        double top = (1 - now) / (1 - muProduct) * g + next / (1 - muProduct * next) * mean;
        return top / (Math.sqrt(square / (1 - Math.pow(get("beta2"), step))) + get("eps"));
    }

    private double mu(int t) {
        return name.equals("nadam-simple")
                ? get("beta1")
                : get("beta1") * (1 - 0.5 * Math.pow(0.96, t * get("momentum_decay")));
    }

    private void moments(double g) {
        mean = get("beta1") * mean + (1 - get("beta1")) * g;
        square = get("beta2") * square + (1 - get("beta2")) * g * g;
    }
}
