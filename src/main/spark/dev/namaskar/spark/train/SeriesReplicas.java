package dev.namaskar.spark.train;

import dev.namaskar.optim.Optimizer;
import dev.namaskar.params.Params;
import dev.namaskar.series.NetworkRun;
import dev.namaskar.series.Series;
import dev.namaskar.spark.table.SeriesRow;
import dev.namaskar.train.settings.TrainerSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Replicas of one of a forecaster's networks, each on some of the series.
 *
 * @param run as text
 */
record SeriesReplicas(String run) implements ReplicaTrainers<SeriesRow> {
    @Override
    public Opened open(int replica, Iterator<SeriesRow> part, Optimizer optimizer, TrainerSettings settings)
            throws IOException {
        NetworkRun network = NetworkRun.fromText(run);
        List<Series> series = new ArrayList<>();
        part.forEachRemaining(row -> series.add(row.series()));
        return new Opened(
                network.trainer(
                        Params.zeros(network.network().params()),
                        network.windows(series, replica),
                        optimizer,
                        settings),
                () -> {});
    }
}
