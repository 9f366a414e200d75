import dev.namaskar.params.SplitMix64;
import java.util.Locale;

/**
 * What rounds of replicas on a cluster take, before anybody has the cluster: every round waits for its slowest replica, a
 * lost executor's share is done again, and parameters pass through the driver's network. {@code java SimulateRounds.java
 * PARAMETERS REPLICAS STEP_MS ROUND_MS GIGABITS} (1000000 100 20 60 10).
 */
public class SimulateRounds {
    static final int[] STEPS = {1, 10, 40, 100, 500};
    static final int ROUNDS = 2000;
    /** A tenth of the executors is half as fast; round by round each wavers by a tenth. */
    static final double SLOW = 0.1, SLOWER = 2, WAVER = 0.1;
    /** Executors are lost every ten hours each; noticed after 20 seconds, and the data opened again in 10. */
    static final double LOST_AN_HOUR = 0.1, NOTICED = 20, OPENED = 10;

    /** Seconds in which a round's parameters pass the driver: 4 bytes each, a result from every replica, the first one's
     * two moments, and about two copies out, which executors pass on among themselves. */
    static double network(double parameters, int replicas, double gigabits) {
        return 4 * parameters * (replicas + 2 + 2) * 8 / (gigabits * 1e9);
    }

    /** Mean seconds of a round. */
    static double simulate(int replicas, int steps, double step, double round, boolean rough, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        double[] pace = new double[replicas];
        for (int r = 0; r < replicas; r++) pace[r] = rough && random.nextDouble() < SLOW ? SLOWER : 1;
        double sum = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double slowest = 0;
            for (int r = 0; r < replicas; r++) {
                double share = steps * step * pace[r];
                if (rough) share *= Math.exp(WAVER * random.nextGaussian() - WAVER * WAVER / 2);
                double before = rough ? -Math.log(1 - random.nextDouble()) * 3600 / LOST_AN_HOUR : Double.MAX_VALUE;
                slowest = Math.max(slowest, share < before ? share : before + NOTICED + OPENED + share);
            }
            sum += slowest + round;
        }
        return sum / ROUNDS;
    }

    public static void main(String[] args) {
        double parameters = args.length > 0 ? Double.parseDouble(args[0]) : 1e6;
        int replicas = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        double step = (args.length > 2 ? Double.parseDouble(args[2]) : 20) * 1e-3;
        double fixed = (args.length > 3 ? Double.parseDouble(args[3]) : 60) * 1e-3;
        double passing = network(parameters, replicas, args.length > 4 ? Double.parseDouble(args[4]) : 10);
        System.out.printf(
                Locale.ROOT,
                "a round costs %.3f s beside its steps, %.3f of them the network%n",
                fixed + passing,
                passing);
        System.out.println("steps  formula s  simulated s  steps' share  with stragglers and losses s  share");
        for (int steps : STEPS) {
            double formula = steps * step + fixed + passing;
            double even = simulate(replicas, steps, step, fixed + passing, false, 1);
            double rough = simulate(replicas, steps, step, fixed + passing, true, 1);
            System.out.printf(
                    Locale.ROOT,
                    "%5d  %9.3f  %11.3f  %11.0f%%  %28.3f  %4.0f%%%n",
                    steps,
                    formula,
                    even,
                    100 * steps * step / even,
                    rough,
                    100 * steps * step / rough);
        }
        double least = 9 * (fixed + passing) / step;
        System.out.printf(
                Locale.ROOT, "nine tenths of the time are steps from %.0f steps a round on%n", Math.ceil(least));
    }
}
