import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.losses.*;
import dev.namaskar.net.*;
import dev.namaskar.net.energy.*;
import dev.namaskar.net.layers.*;
import dev.namaskar.net.recurrent.Recurrent;
import dev.namaskar.optim.*;
import dev.namaskar.optim.schedules.Schedules;
import dev.namaskar.params.*;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;
import dev.namaskar.train.settings.*;
import java.nio.file.*;
import java.util.*;

/**
 * Nats a chord of chorales, test part, each key told alone or all together by a Boltzmann machine: ChoraleScores FILE.json
 * [independent|energy [STEPS]]. The file has lists of MIDI pitches, chord after chord, under train, valid and test.
 */
public class ChoraleScores {
    static final int KEYS = 88, LOWEST = 21, HIDDEN = 150, LONGEST = 160;

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args.length > 0 ? args[0] : "corpora/chorales.json");
        boolean energy = args.length < 2 || args[1].equals("energy");
        int steps = args.length > 2 ? Integer.parseInt(args[2]) : 60, rows = energy ? 16 : 8;
        Map<String, ?> all = Json.readObject("chorales", Files.readString(file));
        List<List<?>> train = pieces(all.get("train"));
        train.sort(Comparator.comparingInt(List::size)); // so that pieces of about one length make a batch

        NetworkSpec told =
                NetworkSpec.values(KEYS).recurrent("gru", 300).dropout(0.5).dense(KEYS);
        if (energy) { // beside the chord before stands the chord itself, whose energy the machine tells
            told = NetworkSpec.values(2 * KEYS)
                    .then(new Beside(
                            KEYS,
                            new Recurrent("gru", 150),
                            new Dropout(0.25, false),
                            new Dense(KEYS + HIDDEN, Activation.IDENTITY)));
        }
        Network below = told.build(),
                network = (energy ? told.then(new Boltzmann(KEYS, HIDDEN, 5, false)) : told).build();
        Params params = network.initialize(1);
        if (energy) params.set("boltzmann0.visible_bias", logOdds(train));
        BatchShape.Sequence input =
                BatchShape.Sequence.values(LONGEST, energy ? 2 * KEYS : KEYS).withLengths();
        BatchShape shape = BatchShape.values(input, energy ? 1 : KEYS);
        BatchSource source = BatchSource.of(shape, rows, (number, into) -> {
            SplitMix64 random = new SplitMix64(SplitMix64.mix(number + 1));
            int from = random.nextInt(train.size());
            List<List<?>> drawn = new ArrayList<>();
            for (int b = 0; b < rows; b++) drawn.add(train.get((from + b) % train.size()));
            fill(into, drawn, random, energy);
        });
        Optimizer adam =
                Optimizers.adam(energy ? 0.01 : 0.004).clipByGlobalNorm(5).with(Schedules.cosine(steps, 0.02));
        Loss loss = energy ? new Energy() : new SigmoidCrossEntropy();
        Batch valid = whole(shape, pieces(all.get("valid")), energy),
                test = whole(shape, pieces(all.get("test")), energy);
        float[] best = {};
        double lowest = Double.POSITIVE_INFINITY;
        try (Trainer trainer = new Trainer(
                network,
                params,
                adam,
                source,
                () -> Objective.of(loss),
                TrainerSettings.of(1, 1).withoutCarriedState().withDropConnect(energy ? 0 : 0.5))) {
            if (!energy) trainer.beginAveraging(0.998);
            for (int part = 1; part <= 4; part++) {
                while (trainer.steps() < (long) steps * part / 4) trainer.step();
                double nats = nats(network, below, trainer.averaged(), valid, 3, 60);
                System.out.printf("step %d: %.3f nats a chord held out%n", trainer.steps(), nats);
                if (nats < lowest) best = trainer.averaged().clone();
                lowest = Math.min(lowest, nats);
            }
        }
        // Too few temperatures make log Z too small, and so the score too good: it is told when more of them change
        // nothing.
        for (int temperatures : energy ? new int[] {200, steps < 1000 ? 400 : 4000} : new int[] {1}) {
            System.out.printf(
                    "test: %.3f nats a chord%s%n",
                    nats(network, below, best, test, 5, temperatures),
                    energy ? ", " + temperatures + " temperatures" : "");
        }
    }

    /** Mean of {@code -log p} over all chords, log Z by annealed importance sampling. */
    static double nats(Network network, Network below, float[] params, Batch batch, int chains, int temperatures) {
        Frames out = Pass.of(network, params, GemmLibrary.best(), false)
                .predict(batch.sequences(), network.zeroState(batch.rows()));
        if (out.width() == KEYS) // the loss is a mean over the keys
        return KEYS
                    * new SequenceLoss(new SigmoidCrossEntropy()).compute(out, batch.asTargets(), 1)
                    / batch.targetCount();
        Frames told = Pass.of(below, Arrays.copyOf(params, below.params().size()), GemmLibrary.best(), false)
                .predict(batch.sequences(), below.zeroState(batch.rows()));
        int width = KEYS + HIDDEN, row = 0;
        float[] conditions = new float[(int) batch.targetCount() * width];
        double sum = 0;
        for (int b = 0; b < batch.rows(); b++)
            for (int t = 0; t < batch.lengths[b]; t++) {
                sum += out.values()[out.at(t, b)];
                System.arraycopy(told.values(), told.at(t, b), conditions, width * row++, width);
            }
        BoltzmannMachine machine = new BoltzmannMachine(new Params(network.params(), params), GemmLibrary.best());
        for (double logPartition : machine.logPartition(conditions, chains, temperatures, 1)) sum += logPartition;
        return sum / row;
    }

    /** What the machine's visible units begin with: how often each key is down. */
    static float[] logOdds(List<List<?>> pieces) {
        double[] down = new double[KEYS];
        int chords = 0;
        for (List<?> piece : pieces)
            for (Object chord : piece) {
                chords++;
                for (Object pitch : (List<?>) chord) down[((Number) pitch).intValue() - LOWEST]++;
            }
        float[] odds = new float[KEYS];
        for (int key = 0; key < KEYS; key++)
            odds[key] = (float) Math.log((down[key] + 0.5) / (chords + 0.5 - down[key]));
        return odds;
    }

    static List<List<?>> pieces(Object part) {
        List<List<?>> pieces = new ArrayList<>();
        for (Object piece : (List<?>) part) pieces.add((List<?>) piece);
        return pieces;
    }

    static Batch whole(BatchShape shape, List<List<?>> pieces, boolean energy) {
        Batch batch = new Batch(shape, pieces.size());
        fill(batch, pieces, null, energy);
        return batch;
    }

    /** A piece a row, in other keys where there are random numbers for it. */
    static void fill(Batch into, List<List<?>> pieces, SplitMix64 random, boolean energy) {
        Arrays.fill(into.values, 0);
        Arrays.fill(into.targets, 0);
        int longest = pieces.stream().mapToInt(List::size).max().orElseThrow(), rows = into.rows();
        into.resize(longest, longest);
        int width = energy ? 2 * KEYS : KEYS;
        for (int b = 0; b < rows; b++) {
            List<?> piece = pieces.get(b);
            into.lengths[b] = piece.size();
            int shift = (random == null ? 0 : random.nextInt(11) - 5) - LOWEST;
            for (int t = 0; t < piece.size(); t++)
                for (Object pitch : (List<?>) piece.get(t)) {
                    int key = ((Number) pitch).intValue() + shift, at = t * rows + b;
                    (energy ? into.values : into.targets)[energy ? at * width + KEYS + key : at * KEYS + key] = 1;
                    if (t + 1 < piece.size()) into.values[(at + rows) * width + key] = 1;
                }
        }
    }
}
