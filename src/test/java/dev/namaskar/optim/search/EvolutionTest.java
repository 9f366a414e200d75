package dev.namaskar.optim.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvolutionTest {
    /** Lowest, zero, at 1, 1, ...; the i-th axis is up to a thousand times as steep as the first. */
    private static double ellipsoid(float[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double steep = x.length == 1 ? 1 : Math.pow(1e6, i / (x.length - 1.0));
            sum += steep * (x[i] - 1) * (x[i] - 1);
        }
        return sum;
    }

    private static double rosenbrock(float[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double valley = x[i + 1] - (double) x[i] * x[i];
            sum += 100 * valley * valley + (1 - x[i]) * (1 - x[i]);
        }
        return sum;
    }

    private static double sphere(float[] x) {
        double sum = 0;
        for (float each : x) {
            sum += (each - 1) * (each - 1);
        }
        return sum;
    }

    private static ToDoubleFunction<float[]> named(String name) {
        return switch (name) {
            case "ellipsoid" -> EvolutionTest::ellipsoid;
            case "rosenbrock" -> EvolutionTest::rosenbrock;
            default -> EvolutionTest::sphere;
        };
    }

    /** Commons Math's, which is by others: evaluations until the loss is below the target, median of five seeds. */
    private static long theirs(ToDoubleFunction<float[]> function, int n, double target) {
        long[] needed = new long[5];
        for (int seed = 0; seed < needed.length; seed++) {
            AtomicLong count = new AtomicLong();
            long[] reached = {Long.MAX_VALUE};
            CMAESOptimizer optimizer =
                    new CMAESOptimizer(100_000, target, true, 0, 10, new MersenneTwister(seed), false, null);
            double[] spread = new double[n];
            Arrays.fill(spread, 0.5);
            optimizer.optimize(
                    new MaxEval(100_000),
                    GoalType.MINIMIZE,
                    new InitialGuess(new double[n]),
                    SimpleBounds.unbounded(n),
                    new CMAESOptimizer.Sigma(spread),
                    new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(n))),
                    new ObjectiveFunction(x -> {
                        float[] floats = new float[n];
                        for (int i = 0; i < n; i++) {
                            floats[i] = (float) x[i];
                        }
                        long at = count.incrementAndGet();
                        double loss = function.applyAsDouble(floats);
                        reached[0] = loss <= target ? Math.min(reached[0], at) : reached[0];
                        return loss;
                    }));
            needed[seed] = reached[0];
        }
        Arrays.sort(needed);
        return needed[2];
    }

    @ParameterizedTest
    @CsvSource({"sphere,1", "sphere,10", "ellipsoid,2", "ellipsoid,8", "rosenbrock,3"})
    void cmaEsNeedsAboutAsManyEvaluationsAsAnotherOne(String name, int n) {
        double target = 1e-6;
        ToDoubleFunction<float[]> function = named(name);
        long[] needed = new long[5];
        for (int seed = 0; seed < needed.length; seed++) {
            Evolution.Result found = new Evolution(new CmaEs(new float[n], 0.5))
                    .seed(seed)
                    .until(target)
                    .minimize(() -> function);
            assertThat(found.reached()).as("%s %d, seed %d", name, n, seed).isTrue();
            assertThat(function.applyAsDouble(found.point()))
                    .isEqualTo(found.loss())
                    .isLessThanOrEqualTo(target);
            needed[seed] = found.evaluations();
        }
        Arrays.sort(needed);
        assertThat((double) needed[2]).isLessThan(1.5 * theirs(function, n, target) + 50);
    }

    @Test
    void manyNumbersHaveADiagonalCovariance() {
        Evolution.Result found = new Evolution(new CmaEs(new float[300], 0.5))
                .until(1e-2)
                .evaluations(200_000)
                .minimize(() -> EvolutionTest::ellipsoid);
        assertThat(found.reached()).as("%s", found.loss()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sphere,10,1e-4", "rosenbrock,2,0.02", "sphere,60,0.05"})
    void theGeneticAlgorithmGetsThereToo(String name, int n, double target) {
        for (int seed = 1; seed <= 3; seed++) {
            Evolution.Result found = new Evolution(new GeneticAlgorithm(new float[n], 0.5, 100))
                    .seed(seed)
                    .until(target)
                    .minimize(() -> named(name));
            assertThat(found.reached()).as("seed %d: %s", seed, found.loss()).isTrue();
        }
    }

    private static SearchStrategy strategy(String name, int n) {
        return name.equals("cma-es") ? new CmaEs(new float[n], 0.5) : new GeneticAlgorithm(new float[n], 0.5, 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cma-es", "genetic"})
    void threadsChangeNoBit(String name) {
        List<Evolution.Generation> alone = new ArrayList<>();
        Evolution.Result one = new Evolution(strategy(name, 7))
                .evaluations(3000)
                .listen(alone::add)
                .minimize(() -> EvolutionTest::rosenbrock);
        for (int threads = 2; threads <= 5; threads++) {
            List<Evolution.Generation> together = new ArrayList<>();
            Supplier<ToDoubleFunction<float[]>> functions = () -> {
                Thread owner = Thread.currentThread();
                List<Thread> users = new ArrayList<>();
                return x -> {
                    users.add(Thread.currentThread());
                    assertThat(users.stream().distinct())
                            .as("one function, one thread")
                            .hasSize(1);
                    assertThat(owner).isNotNull();
                    double loss = rosenbrock(x);
                    Arrays.fill(x, Float.NaN); // a point is the function's own
                    return loss;
                };
            };
            Evolution.Result many = new Evolution(strategy(name, 7))
                    .threads(threads)
                    .evaluations(3000)
                    .listen(together::add)
                    .minimize(functions);
            assertThat(many.point()).containsExactly(one.point());
            assertThat(together).isEqualTo(alone);
        }
        assertThat(new Evolution(strategy(name, 7))
                        .seed(2)
                        .evaluations(3000)
                        .minimize(() -> EvolutionTest::rosenbrock)
                        .point())
                .isNotEqualTo(one.point());
    }

    /** Both see nothing of losses but their order. */
    @ParameterizedTest
    @ValueSource(strings = {"cma-es", "genetic"})
    void onlyTheOrderOfLossesCounts(String name) {
        float[] plain = new Evolution(strategy(name, 4))
                .evaluations(1000)
                .minimize(() -> EvolutionTest::rosenbrock)
                .point();
        float[] bent = new Evolution(strategy(name, 4))
                .evaluations(1000)
                .minimize(() -> x -> Math.log1p(rosenbrock(x)) - 7)
                .point();
        assertThat(bent).containsExactly(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cma-es", "genetic"})
    void notANumberIsWorseThanAll(String name) {
        Evolution.Result found = new Evolution(strategy(name, 3))
                .evaluations(6000)
                .until(1e-3)
                .minimize(() -> x -> x[0] < 0.2 ? Double.NaN : sphere(x));
        assertThat(found.reached()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Evolution(strategy(name, 3)).evaluations(60).minimize(() -> x -> Double.NaN))
                .withMessageContaining("expected a loss that is a number somewhere");
    }

    @Test
    void endsByEvaluationsOrByTheLossAndTellsEveryGeneration() {
        List<Evolution.Generation> told = new ArrayList<>();
        Evolution.Result cut = new Evolution(new GeneticAlgorithm(new float[2], 1, 10))
                .evaluations(35)
                .listen(told::add)
                .minimize(() -> EvolutionTest::sphere);
        assertThat(cut.evaluations()).isEqualTo(30);
        assertThat(cut.generations()).isEqualTo(3);
        assertThat(cut.reached()).isFalse();
        assertThat(told).extracting(Evolution.Generation::evaluations).containsExactly(10L, 20L, 30L);
        assertThat(told.get(2).best()).isEqualTo(cut.loss());
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).loss())
                    .as("the best lives on")
                    .isLessThanOrEqualTo(told.get(i - 1).loss());
        }
        Evolution.Result first = new Evolution(new GeneticAlgorithm(new float[2], 1, 10))
                .until(1e9)
                .minimize(() -> EvolutionTest::sphere);
        assertThat(first.generations()).isEqualTo(1);
    }

    @Test
    void whatAFunctionThrowsIsThrown() {
        assertThatThrownBy(() -> new Evolution(new CmaEs(new float[2], 1))
                        .threads(2)
                        .minimize(() -> x -> {
                            throw new IllegalStateException("the cart derailed");
                        }))
                .hasStackTraceContaining("the cart derailed");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CmaEs(new float[2], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CmaEs(new float[2], Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new CmaEs(new float[0], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CmaEs(new float[2], 1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new GeneticAlgorithm(new float[2], -1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new GeneticAlgorithm(new float[2], 1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Evolution(strategy("genetic", 2)).threads(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Evolution(strategy("genetic", 2)).evaluations(0));
    }
}
