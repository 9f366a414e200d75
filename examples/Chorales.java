import dev.namaskar.files.Json;
import dev.namaskar.kernels.GemmLibrary;
import dev.namaskar.net.*;
import dev.namaskar.net.energy.*;
import dev.namaskar.net.layers.*;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.params.*;
import dev.namaskar.train.*;
import dev.namaskar.train.batch.*;
import java.nio.file.*;
import java.util.*;
import javax.sound.midi.*;

/** A recurrent network that says by a Boltzmann machine which notes sound together writes eight bars: Chorales [FILE.mid] */
public class Chorales {
    static final int KEYS = 88, LOWEST = 21, HIDDEN = 100, UNITS = 100, STEPS = 32, ROWS = 8;

    public static void main(String[] args) throws Exception {
        List<?> pieces = (List<?>) Json.readObject("chorales", Files.readString(Path.of("corpora/chorales.json"))).get("train");
        NetworkSpec before = NetworkSpec.values(2 * KEYS) // the chord before, and the one that it is followed by
                .then(new Beside(KEYS, new dev.namaskar.net.recurrent.Recurrent("gru", UNITS), new Dense(KEYS + HIDDEN, Activation.IDENTITY)));
        Network network = before.then(new Boltzmann(KEYS, HIDDEN, 5, false)).build(), conditions = before.build();
        Params params = network.initialize(1);
        BatchShape shape = BatchShape.values(BatchShape.Sequence.values(STEPS, 2 * KEYS), 1);
        BatchSource source = BatchSource.of(shape, ROWS, (number, into) -> {
            Arrays.fill(into.values, 0);
            SplitMix64 random = new SplitMix64(SplitMix64.mix(number));
            for (int b = 0; b < ROWS; b++) {
                List<?> piece = (List<?>) pieces.get(random.nextInt(pieces.size()));
                int shift = random.nextInt(5) - 2 - LOWEST; // into other keys
                for (int t = 0; t < STEPS; t++)
                    for (Object pitch : (List<?>) piece.get(t)) {
                        int at = (t * ROWS + b) * 2 * KEYS + ((Number) pitch).intValue() + shift;
                        into.values[at + KEYS] = 1;
                        if (t + 1 < STEPS) into.values[at + ROWS * 2 * KEYS] = 1;
                    }
            }
        });
        try (Trainer trainer = Trainer.of(network, params, Optimizers.adam(0.01), source, dev.namaskar.losses.Energy::new, 1)) {
            while (trainer.steps() < 600) trainer.step();
        }
        Sequence music = new Sequence(Sequence.PPQ, 1);
        Track track = music.createTrack();
        Pass pass = conditions.predictor(new Params(conditions.params(), Arrays.copyOf(params.values(), conditions.params().size())));
        BoltzmannMachine machine = new BoltzmannMachine(params, GemmLibrary.JAVA);
        State state = conditions.zeroState(1);
        float[] chord = new float[KEYS]; // silence
        for (int t = 0; t < STEPS; t++) {
            Frames told = pass.predict(Sequences.ofValues(1, 1, Arrays.copyOf(chord, 2 * KEYS)), state);
            machine.sample(chord, Arrays.copyOf(told.values(), KEYS + HIDDEN), 100, t);
            for (int key = 0; key < KEYS; key++)
                for (int end = 0; end < 2 && chord[key] > 0; end++)
                    track.add(new MidiEvent(new ShortMessage(end == 0 ? ShortMessage.NOTE_ON : ShortMessage.NOTE_OFF, key + LOWEST, 80), t + end));
        }
        Path file = Path.of(args.length > 0 ? args[0] : "target/chorales.mid");
        MidiSystem.write(music, 1, file.toFile());
        System.out.printf("%d bars, %.1f notes a chord: %s%n", STEPS / 4, track.size() / 2 / (double) STEPS, file);
    }
}
