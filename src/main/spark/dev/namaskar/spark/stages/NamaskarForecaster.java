package dev.namaskar.spark.stages;

import dev.namaskar.optim.OptimizerSpec;
import dev.namaskar.series.SeriesModel;
import dev.namaskar.series.SeriesTraining;
import dev.namaskar.spark.table.SeriesColumns;
import dev.namaskar.spark.table.SeriesTable;
import dev.namaskar.spark.train.RoundSettings;
import dev.namaskar.spark.train.SparkTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Trains one forecaster over all series of a data set, by rounds of replicas. What is not set is chosen from the series, as on
 * one machine.
 *
 * <pre>{@code
 * NamaskarForecasterModel model = new NamaskarForecaster()
 *         .setColumns(SeriesColumns.of("time", "load").group("plant"))
 *         .setHorizon(48)
 *         .setRounds(RoundSettings.of(8, 100))
 *         .setRoundsFolder("hdfs:///runs/load")
 *         .fit(rows);
 * Dataset<Row> forecasts = model.transform(rows);
 * }</pre>
 */
public final class NamaskarForecaster extends Estimator<NamaskarForecasterModel> implements DefaultParamsWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final transient ColumnParams columns;
    private final IntParam horizon;
    private final IntParam season;
    private final LongParam steps;
    private final IntParam members;
    private final LongParam seed;
    private final DoubleArrayParam levels;
    private final IntParam replicas;
    private final IntParam roundSteps;
    private final Param<String> outer;
    private final Param<String> roundsFolder;

    /** A forecaster of nothing yet. */
    public NamaskarForecaster() {
        this(Identifiable$.MODULE$.randomUID("namaskarForecaster"));
    }

    /** One of this name. */
    public NamaskarForecaster(String uid) {
        this.uid = uid;
        columns = new ColumnParams(this);
        horizon = new IntParam(this, "horizon", "steps to forecast");
        season = new IntParam(this, "season", "steps of a season; chosen if not set");
        steps = new LongParam(this, "steps", "training steps of each replica; chosen if not set");
        members = new IntParam(this, "members", "networks whose forecasts are averaged; chosen if not set");
        seed = new LongParam(this, "seed", "the start of everything drawn at random");
        levels = new DoubleArrayParam(this, "levels", "probabilities of the intervals");
        replicas = new IntParam(this, "replicas", "trainers that meet after each round");
        roundSteps = new IntParam(this, "roundSteps", "steps between");
        outer = new Param<>(this, "outer", "the outer optimizer, as name:setting=value");
        roundsFolder = new Param<>(this, "roundsFolder", "where replicas keep their states: a Hadoop path");
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Which column plays which part. */
    public NamaskarForecaster setColumns(SeriesColumns which) {
        columns.set(which);
        return this;
    }

    /** Steps to forecast. */
    public NamaskarForecaster setHorizon(int count) {
        set(horizon, count);
        return this;
    }

    /** Steps of a season. */
    public NamaskarForecaster setSeason(int count) {
        set(season, count);
        return this;
    }

    /** Training steps of each replica. */
    public NamaskarForecaster setSteps(long count) {
        set(steps, count);
        return this;
    }

    /** Networks whose forecasts are averaged. */
    public NamaskarForecaster setMembers(int networks) {
        set(members, networks);
        return this;
    }

    /** The start of everything drawn at random. */
    public NamaskarForecaster setSeed(long start) {
        set(seed, start);
        return this;
    }

    /** Probabilities of the intervals. */
    public NamaskarForecaster setLevels(double... probabilities) {
        set(levels, probabilities);
        return this;
    }

    /** How replicas train together. */
    public NamaskarForecaster setRounds(RoundSettings settings) {
        set(replicas, settings.replicas());
        set(roundSteps, settings.steps());
        set(outer, settings.outer().toString());
        return this;
    }

    /** Where replicas keep their states between rounds: a Hadoop path that the driver and all executors reach. */
    public NamaskarForecaster setRoundsFolder(String folder) {
        set(roundsFolder, folder);
        return this;
    }

    @Override
    public NamaskarForecasterModel fit(Dataset<?> rows) {
        return fit(rows, training -> training);
    }

    /** The same with further settings of the training than there are parameters. */
    public NamaskarForecasterModel fit(Dataset<?> rows, UnaryOperator<SeriesTraining> change) {
        Dataset<Row> data = rows.toDF();
        RoundSettings usual =
                RoundSettings.of(isSet(replicas) ? number(replicas) : 1, isSet(roundSteps) ? number(roundSteps) : 100);
        RoundSettings rounds = isSet(outer) ? usual.withOuter(OptimizerSpec.parse(getOrDefault(outer))) : usual;
        if (!isSet(horizon) || !isSet(roundsFolder)) {
            throw new IllegalArgumentException(
                    "expected `" + (isSet(horizon) ? "roundsFolder" : "horizon") + "` to be set before fitting");
        }
        SeriesTable table = SeriesTable.of(data, columns.columns());
        SeriesModel model = SparkTraining.of(data.sparkSession(), rounds, getOrDefault(roundsFolder))
                .series(change.apply(training()), table);
        try {
            NamaskarForecasterModel fitted = NamaskarForecasterModel.of(model);
            fitted.setColumns(columns.columns());
            return fitted.setParent(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private int number(IntParam param) {
        return (Integer) getOrDefault(param);
    }

    private SeriesTraining training() {
        SeriesTraining training =
                SeriesModel.training().horizon(number(horizon)).threads(1);
        training = isSet(season) ? training.season(number(season)) : training;
        training = isSet(steps) ? training.steps((Long) getOrDefault(steps)) : training;
        training = isSet(members) ? training.members(number(members)) : training;
        training = isSet(seed) ? training.seed((Long) getOrDefault(seed)) : training;
        double[] asked = isSet(levels) ? getOrDefault(levels) : new double[0];
        return asked.length == 0 ? training : training.forecaster(settings -> settings.levels(asked));
    }

    @Override
    public StructType transformSchema(StructType schema) {
        SeriesTable.check(schema, columns.columns());
        return ForecastRows.schema(isSet(levels) ? getOrDefault(levels) : new double[] {0.8, 0.95});
    }

    @Override
    public NamaskarForecaster copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Reads what was written. */
    public static MLReader<NamaskarForecaster> read() {
        return new DefaultParamsReader<>();
    }

    /** Reads what was written to a folder. */
    public static NamaskarForecaster load(String folder) {
        return read().load(folder);
    }

    /** The column of times. */
    public Param<String> timeCol() {
        return columns.timeCol;
    }

    /** The column to forecast. */
    public Param<String> targetCol() {
        return columns.targetCol;
    }

    /** The columns that name a series. */
    public StringArrayParam groupCols() {
        return columns.groupCols;
    }

    /** The columns known ahead. */
    public StringArrayParam knownCols() {
        return columns.knownCols;
    }

    /** The observed columns. */
    public StringArrayParam observedCols() {
        return columns.observedCols;
    }

    /** The static columns. */
    public StringArrayParam staticCols() {
        return columns.staticCols;
    }

    /** The step. */
    public Param<String> frequency() {
        return columns.frequency;
    }

    /** Steps to forecast. */
    public IntParam horizon() {
        return horizon;
    }

    /** Steps of a season. */
    public IntParam season() {
        return season;
    }

    /** Training steps of each replica. */
    public LongParam steps() {
        return steps;
    }

    /** Networks in the ensemble. */
    public IntParam members() {
        return members;
    }

    /** The start of what is drawn at random. */
    public LongParam seed() {
        return seed;
    }

    /** Probabilities of the intervals. */
    public DoubleArrayParam levels() {
        return levels;
    }

    /** Trainers that meet after each round. */
    public IntParam replicas() {
        return replicas;
    }

    /** Steps of a round. */
    public IntParam roundSteps() {
        return roundSteps;
    }

    /** The outer optimizer. */
    public Param<String> outer() {
        return outer;
    }

    /** Where replicas keep their states. */
    public Param<String> roundsFolder() {
        return roundsFolder;
    }
}
