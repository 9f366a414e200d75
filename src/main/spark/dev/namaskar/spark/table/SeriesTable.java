package dev.namaskar.spark.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import dev.namaskar.series.Series;
import dev.namaskar.series.Table;
import dev.namaskar.series.TableException;
import dev.namaskar.series.notation.Frequency;
import dev.namaskar.series.table.Policies;
import dev.namaskar.series.table.rows.RowAssembly;
import dev.namaskar.series.table.time.TimeSteps;
import dev.namaskar.spark.SparkFailure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * A table of series as a data set of any source, a row a series and time. Rows of a series are brought together and into
 * their order by Spark, and read by the same rules as a file: the same step is found, and what a file would be refused for
 * is refused here. Series have no order among them in a data set; where one is wanted, they go by their names.
 */
public final class SeriesTable {
    private final SeriesColumns columns;
    private final boolean clock;
    private final JavaRDD<RowGroups.Group> groups;
    private final Frequency frequency;
    /** Said before what is wrong with a series. */
    private final String why;

    private SeriesTable(
            SeriesColumns columns, boolean clock, JavaRDD<RowGroups.Group> groups, Frequency frequency, String why) {
        this.columns = columns;
        this.clock = clock;
        this.groups = groups;
        this.frequency = frequency;
        this.why = why;
    }

    /**
     * Looks at all of a data set's times.
     *
     * @throws IllegalArgumentException if a column is missing or of another kind than its part needs
     * @throws TableException if the times have no regular step
     */
    public static SeriesTable of(Dataset<Row> rows, SeriesColumns columns) {
        StructType schema = rows.schema();
        check(schema, columns);
        boolean clock = !isWhole(schema.apply(columns.time()).dataType());
        JavaRDD<RowGroups.Group> groups = groups(rows, columns, clock);
        TimeSteps steps;
        try {
            steps = groups.mapPartitions(part -> {
                        TimeSteps seen = new TimeSteps(clock);
                        part.forEachRemaining(group ->
                                seen.see(Arrays.stream(group.times()).distinct().toArray()));
                        return List.of(seen).iterator();
                    })
                    .reduce(TimeSteps::add);
        } catch (Exception e) {
            throw SparkFailure.of(e);
        }
        Frequency found;
        try {
            found = steps.frequency(columns.frequency());
        } catch (TableException e) {
            throw new TableException("column \"" + columns.time() + "\": " + e.getMessage());
        }
        return new SeriesTable(columns, clock, groups, found, "");
    }

    /** A data set for a model, whose step is taken for granted until a series shows that it has another. */
    public static SeriesTable as(Dataset<Row> rows, SeriesColumns columns, Frequency expected) {
        boolean clock = !isWhole(rows.schema().apply(columns.time()).dataType());
        return new SeriesTable(
                columns,
                clock,
                groups(rows, columns, clock),
                expected,
                "the model was trained on steps of " + expected + "; ");
    }

    /**
     * Checks that a schema has what the columns say.
     *
     * @throws IllegalArgumentException that names the first that is missing or of another kind
     */
    public static void check(StructType schema, SeriesColumns columns) {
        List<String> all = new ArrayList<>(columns.numbers());
        all.addAll(columns.texts());
        all.add(columns.time());
        for (String name : all) {
            if (!Arrays.asList(schema.fieldNames()).contains(name)) {
                throw new IllegalArgumentException("expected a column \"" + name + "\", found "
                        + Arrays.stream(schema.fieldNames()).collect(Collectors.joining(", ")));
            }
        }
        for (String name : columns.numbers()) {
            DataType type = schema.apply(name).dataType();
            if (!(type instanceof NumericType)) {
                throw new IllegalArgumentException(
                        "column \"" + name + "\": expected numbers, found " + type.simpleString() + "; cast it");
            }
        }
        DataType time = schema.apply(columns.time()).dataType();
        if (!isWhole(time)
                && !List.of(
                                DataTypes.TimestampType,
                                DataTypes.TimestampNTZType,
                                DataTypes.DateType,
                                DataTypes.StringType)
                        .contains(time)) {
            throw new IllegalArgumentException("column \"" + columns.time()
                    + "\": expected a timestamp, a date or whole numbers, found " + time.simpleString() + "; cast it");
        }
    }

    private static boolean isWhole(DataType type) {
        return List.of(DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType)
                .contains(type);
    }

    /** Clock times are kept as the session's zone shows them, as a file would have them. */
    private static JavaRDD<RowGroups.Group> groups(Dataset<Row> rows, SeriesColumns columns, boolean clock) {
        Column[] names = columns.group().stream()
                .map(name -> col(quoted(name)).cast(DataTypes.StringType))
                .toArray(Column[]::new);
        List<Column> wanted = new ArrayList<>();
        wanted.add((names.length == 0 ? lit(columns.target()) : concat_ws("/", names)).as("series"));
        wanted.add(col(quoted(columns.time()))
                .cast(clock ? DataTypes.TimestampNTZType : DataTypes.LongType)
                .as("time"));
        // Under names of their own, so that none is another's.
        for (String name : columns.numbers()) {
            wanted.add(col(quoted(name)).cast(DataTypes.DoubleType).as("column" + wanted.size()));
        }
        for (String name : columns.texts()) {
            wanted.add(col(quoted(name)).cast(DataTypes.StringType).as("column" + wanted.size()));
        }
        return rows.select(wanted.toArray(Column[]::new))
                .repartition(col("series"))
                .sortWithinPartitions("series", "time")
                .toJavaRDD()
                .mapPartitions(new RowGroups(columns.numbers().size(), columns.texts()));
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The step of all series. */
    public Frequency frequency() {
        return frequency;
    }

    /** Which column plays which part. */
    public SeriesColumns columns() {
        return columns;
    }

    /** All series that have values, in no order. */
    public JavaRDD<SeriesRow> series() {
        List<String> numbers = columns.numbers();
        int known = columns.known().size();
        Frequency.Unit unit = frequency.unit();
        long count = frequency.count();
        boolean dated = clock;
        String before = why;
        return groups.flatMap(group -> {
            Frequency step = new Frequency(unit, count);
            long[] times = group.times().clone();
            Arrays.setAll(times, i -> TimeSteps.time(dated, times[i], step));
            try {
                Series one = new RowAssembly(step, Policies.USUAL, numbers, known)
                        .series(group.id(), times, group.cells(), group.labels());
                return (one.length() > 0 ? List.of(SeriesRow.of(one)) : List.<SeriesRow>of()).iterator();
            } catch (TableException e) {
                throw new TableException(before + e.getMessage());
            }
        });
    }

    /** The series in so many parts, by their names: the same parts on any cluster, each in the order of its names. */
    public JavaRDD<SeriesRow> parts(int count) {
        return series().mapToPair(row -> new Tuple2<>(row.id(), row))
                .repartitionAndSortWithinPartitions(new HashPartitioner(count))
                .values();
    }

    /**
     * The first series by their names, on the driver.
     *
     * @param most of them; all if there are no more
     * @throws TableException if a series is not what a file may hold either
     */
    public Table table(int most) {
        List<SeriesRow> rows;
        try {
            rows = series().takeOrdered(most, new ByName());
        } catch (Exception e) {
            throw SparkFailure.of(e);
        }
        if (rows.isEmpty()) {
            throw new TableException("the data set holds no values in \"" + columns.target() + "\"");
        }
        return new Table(
                rows.stream().map(SeriesRow::series).toList(),
                frequency,
                true,
                true,
                columns.known(),
                columns.observed(),
                List.of(),
                columns.format());
    }

    private static final class ByName implements Comparator<SeriesRow>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int compare(SeriesRow a, SeriesRow b) {
            return a.id().compareTo(b.id());
        }
    }
}
