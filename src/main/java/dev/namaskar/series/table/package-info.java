/**
 * From a file of rows to series. {@link dev.namaskar.series.table.TableReader} leads through the stages, each a room of
 * its own that knows the ones before it and none behind.
 *
 * <ol>
 *   <li>{@code text}: bytes become text ({@code Encoding}), text becomes rows of cells ({@code Separator}, {@code
 *       TableRows}). A text is opened twice, once to look and once for its values.
 *   <li>{@code cells}: what a cell looks like ({@code Look}), what a column's name says ({@code ColumnNames}) and what all
 *       of its cells say together ({@code ColumnSurvey}).
 *   <li>{@code time}: the columns that make up a row's time ({@code TimeSearch}, {@code TimeCells}), the one way in which
 *       all of them are written ({@code TimeSurvey}), the step between two ({@code FrequencyDetector}).
 *   <li>{@code heading}: the row of names and what else stands above ({@code TableHeading}), names that follow each other
 *       as times do ({@code HeadingRun}), and the shape that makes of the table ({@code TableShape}).
 *   <li>{@code roles}: which column plays which part ({@code TableColumns}), which tell series apart ({@code GroupSearch}).
 *   <li>{@code rows}: the rows of each series ({@code SeriesRows}), in order and on a grid by the policies
 *       ({@code SeriesGrid}), all of them a table ({@code TableAssembly}).
 *   <li>{@code layout}: these stages put together for each shape ({@code ColumnTable}, {@code RaggedTable}, {@code
 *       CalendarTable}, {@code TurnedTable}, {@code TsfTable}).
 * </ol>
 *
 * What is found is said in {@link dev.namaskar.series.Note notes} of a kind. What can be read in two ways is a question: a
 * method {@code askAbout...} that throws a {@link dev.namaskar.series.TableException} of one line with both readings and
 * the setting that chooses each. What is wrong with single rows is counted ({@code Problems}) and refused together, with
 * the policies that would take the table. No stage knows what the table is called: the reader puts its name before every
 * message. Settings ({@link dev.namaskar.series.table.TableFormat}, {@link dev.namaskar.series.table.Policies}) are known
 * to all stages.
 */
@NullMarked
package dev.namaskar.series.table;

import org.jspecify.annotations.NullMarked;
