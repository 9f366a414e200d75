package dev.namaskar.spark.stages;

import dev.namaskar.spark.table.SeriesColumns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** The parameters that say which column plays which part. */
final class ColumnParams {
    final Param<String> timeCol;
    final Param<String> targetCol;
    final StringArrayParam groupCols;
    final StringArrayParam knownCols;
    final StringArrayParam observedCols;
    final StringArrayParam staticCols;
    final Param<String> frequency;
    private final Params parent;

    ColumnParams(Params parent) {
        this.parent = parent;
        timeCol = new Param<>(parent, "timeCol", "timestamps, dates, or whole numbers");
        targetCol = new Param<>(parent, "targetCol", "the numbers to forecast");
        groupCols = new StringArrayParam(parent, "groupCols", "columns that name a series together");
        knownCols = new StringArrayParam(parent, "knownCols", "columns known ahead");
        observedCols = new StringArrayParam(parent, "observedCols", "columns observed up to the present");
        staticCols = new StringArrayParam(parent, "staticCols", "columns that say one thing of a whole series");
        frequency = new Param<>(parent, "frequency", "the step, such as hour; empty to find it");
    }

    SeriesColumns columns() {
        return new SeriesColumns(
                list(groupCols),
                text(timeCol, "time"),
                text(targetCol, "value"),
                list(knownCols),
                list(observedCols),
                list(staticCols),
                text(frequency, ""));
    }

    void set(SeriesColumns columns) {
        parent.set(timeCol, columns.time());
        parent.set(targetCol, columns.target());
        set(groupCols, columns.group());
        set(knownCols, columns.known());
        set(observedCols, columns.observed());
        set(staticCols, columns.statics());
        parent.set(frequency, columns.frequency());
    }

    private void set(StringArrayParam param, List<String> names) {
        parent.set(param, names.toArray(String[]::new));
    }

    private String text(Param<String> param, String usual) {
        return parent.isSet(param) ? parent.getOrDefault(param) : usual;
    }

    private List<String> list(StringArrayParam param) {
        return parent.isSet(param) ? Arrays.asList(parent.getOrDefault(param)) : List.of();
    }
}
