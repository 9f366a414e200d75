import dev.namaskar.optim.Optimizer;
import dev.namaskar.optim.OptimizerState;
import dev.namaskar.optim.Optimizers;
import dev.namaskar.optim.schedules.Schedules;
import java.util.Map;

/** The optimizer module alone, over a plain float[]: the valley of Rosenbrock, whose lowest point is (1, 1). */
public class Optimize {
    public static void main(String[] args) {
        for (String name : new String[] {"momentum", "nesterov", "rmsprop", "adam", "nadam"}) {
            double rate = Map.of("momentum", 2e-4, "nesterov", 2e-4).getOrDefault(name, 2e-2);
            Optimizer optimizer = Optimizers.named(name, Map.of("lr", rate)).with(Schedules.cosine(5000, 0.05));
            float[] point = {-1.2f, 1};
            float[] gradient = new float[2];
            OptimizerState state = optimizer.init(point.length);
            for (int step = 0; step < 5000; step++) {
                optimizer.project(point, state); // moves for look-ahead methods alone
                float valley = point[1] - point[0] * point[0];
                gradient[0] = -400 * point[0] * valley - 2 * (1 - point[0]);
                gradient[1] = 200 * valley;
                optimizer.update(point, gradient, state);
            }
            System.out.printf("%-10s ends at (%.3f, %.3f)%n", name, point[0], point[1]);
        }
    }
}
