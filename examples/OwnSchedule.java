import dev.namaskar.files.CheckpointedRuns;
import dev.namaskar.losses.SoftmaxCrossEntropy;
import dev.namaskar.net.NetworkSpec;
import dev.namaskar.optim.*;
import dev.namaskar.optim.schedules.*;
import dev.namaskar.params.Call;
import dev.namaskar.symbols.*;
import dev.namaskar.text.corpus.*;
import dev.namaskar.train.*;
import dev.namaskar.train.run.*;
import dev.namaskar.train.settings.*;
import java.nio.file.*;
import java.util.*;

/** A schedule of one's own, teeth of a saw: as an object and by its name, trained with, stopped and gone on with. */
public class OwnSchedule implements NamedSchedule {
    /** Falls straight from 1 to {@code low} over so many updates, again and again. */
    record Sawtooth(int period, double low) implements Schedule {
        public double factor(long step, double[] memory, int at) {
            return 1 - (1 - low) * (step % period) / period;
        }

        public String spec() {
            return new Call("sawtooth", period, low).toString();
        }
    }

    public String name() { // found because META-INF/services names the class
        return "sawtooth";
    }

    public Schedule make(Call call, int totalSteps) {
        call.expect(2, 2, "sawtooth(period,low)");
        return new Sawtooth(call.whole(0, 1), call.get(1, 0));
    }

    public static void main(String[] args) throws Exception {
        Schedule byName = Schedules.named("linear-warmup(5)*sawtooth(20,0.1)");
        for (int step : new int[] {0, 4, 10, 19, 20}) {
            System.out.printf("update %2d: %.3f of the rate%n", step, byName.factor(step));
        }
        Schedule byObject = Schedules.linearWarmup(5).times(new Sawtooth(20, 0.1));
        Path folder = Files.createTempDirectory("sawtooth");
        train(byName, 50, folder.resolve("stopped"));
        float[] resumed = train(byObject, 120, folder.resolve("stopped"));
        System.out.println("the same bits: " + Arrays.equals(resumed, train(byName, 120, folder.resolve("whole"))));
    }

    private static float[] train(Schedule schedule, int steps, Path checkpoint) throws Exception {
        var data = TextData.of(Corpus.of("namaskar", Unit.CODEPOINT)).batches();
        var network = NetworkSpec.tokens(6).recurrent("rnn", 16).dense(6).build();
        Optimizer adam = Optimizers.adam(0.02).with(schedule);
        try (var runs = CheckpointedRuns.open(checkpoint, network, Map.of(), 50, true, System.out::println);
                var run = Trainer.of(network, network.initialize(1), adam, data, SoftmaxCrossEntropy::new, 1)) {
            return runs.carryOut(run, new Training(run, StoppingRules.afterSteps(steps)));
        }
    }
}
