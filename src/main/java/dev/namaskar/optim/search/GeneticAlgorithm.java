package dev.namaskar.optim.search;

import dev.namaskar.params.Settings;
import dev.namaskar.params.SplitMix64;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A genetic algorithm over real numbers: the best live on unchanged; every other point has two parents, each the best of
 * three drawn by chance, takes each number from either with equal chance, and is mutated by normal noise. How strong the
 * noise is each point inherits and mutates as well, {@code sigma = mean of both parents' exp(N(0, tau))},
 * {@code tau = 1 / sqrt(2 sqrt(n))}, so that a population that gets near takes smaller steps (Bäck and Schwefel 1993).
 */
public final class GeneticAlgorithm implements SearchStrategy {
    private static final int TOURNAMENT = 3;
    private static final double ELITE = 0.05;

    private final float[][] population;
    private final double[] spreads;
    private final double learning;
    private final int elite;
    private double[] losses = new double[0];

    /**
     * A population about a point.
     *
     * @param start of n numbers
     * @param spread standard deviation of the first points about it, and of the first mutations, above 0
     * @param size points in a generation, 4 or more
     */
    public GeneticAlgorithm(float[] start, double spread, int size) {
        Settings.require(start.length >= 1, "start", "of 1 or more numbers", start.length);
        Settings.require(spread > 0 && Double.isFinite(spread), "spread", "above 0", spread);
        Settings.require(size >= 4, "size", "4 or more", size);
        population = new float[size][];
        Arrays.setAll(population, k -> start.clone());
        spreads = new double[size];
        Arrays.fill(spreads, spread);
        learning = 1 / Math.sqrt(2 * Math.sqrt(start.length));
        elite = Math.max(1, (int) (ELITE * size));
    }

    @Override
    public float[][] ask(SplitMix64 random) {
        if (losses.length == 0) {
            for (int k = 0; k < population.length; k++) {
                mutate(population[k], spreads[k], random);
            }
        } else {
            breed(random);
        }
        return population.clone();
    }

    private void breed(SplitMix64 random) {
        Integer[] order = new Integer[losses.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, Comparator.comparingDouble(k -> losses[k]));
        float[][] parents = population.clone();
        double[] parentSpreads = spreads.clone();
        for (int k = 0; k < population.length; k++) {
            if (k < elite) {
                population[k] = parents[order[k]];
                spreads[k] = parentSpreads[order[k]];
                continue;
            }
            int mother = order[winner(random)];
            int father = order[winner(random)];
            float[] child = parents[mother].clone();
            for (int i = 0; i < child.length; i++) {
                child[i] = random.nextInt(2) == 0 ? child[i] : parents[father][i];
            }
            spreads[k] = (parentSpreads[mother] + parentSpreads[father])
                    / 2
                    * StrictMath.exp(learning * random.nextGaussian());
            mutate(child, spreads[k], random);
            population[k] = child;
        }
    }

    /** The best place of three: places are in the order of losses. */
    private int winner(SplitMix64 random) {
        int best = population.length;
        for (int i = 0; i < TOURNAMENT; i++) {
            best = Math.min(best, random.nextInt(population.length));
        }
        return best;
    }

    private static void mutate(float[] point, double spread, SplitMix64 random) {
        for (int i = 0; i < point.length; i++) {
            point[i] += (float) (spread * random.nextGaussian());
        }
    }

    @Override
    public void tell(double[] told) {
        losses = told.clone();
    }
}
