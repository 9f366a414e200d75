package dev.namaskar.series.table.cells;

import dev.namaskar.series.notation.NumericTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the names of columns say of what stands in them. */
public final class ColumnNames {
    private static final Set<String> TIME_NAMES = Set.of(
            "time",
            "ds",
            "ts",
            "dt",
            "day",
            "week",
            "month",
            "quarter",
            "year",
            "period",
            "hour",
            "zeit",
            "zeitpunkt",
            "tag",
            "woche",
            "monat",
            "quartal",
            "jahr",
            "stunde",
            "hora",
            "dia",
            "día",
            "mes",
            "año",
            "ano",
            "anno",
            "jour",
            "mois",
            "année",
            "annee",
            "semaine",
            "yyyymm",
            "yyyymmdd",
            "yyyyddd",
            "yearmonth",
            "yy",
            "yr",
            "year_month",
            "yyyyww",
            "yearweek",
            "year_week",
            "date_time",
            "epoch",
            "unix",
            "unixtime",
            "unix_time",
            "utc",
            "time_utc",
            "utc_time",
            "obs_time",
            "time_period",
            "time period",
            "yyyy",
            "дата",
            "год",
            "rok",
            "年",
            "период",
            "время",
            "日期",
            "日付",
            "日時",
            "年月",
            "年月日",
            "时间",
            "時間",
            "期間",
            "날짜",
            "일자",
            "기간",
            "التاريخ",
            "दिनांक",
            "तारीख");
    private static final Pattern DATE_NAME =
            Pattern.compile("(?:.*[^a-z])?(?:date|datetime|timestamp|datum|fecha)(?:[^a-z].*)?");
    private static final Set<String> ROW_NAMES = Set.of(
            "record",
            "rn",
            "recno",
            "seq",
            "s.no",
            "s.no.",
            "sno",
            "sr no",
            "sr. no.",
            "sl no",
            "",
            "#",
            "t",
            "n",
            "no",
            "no.",
            "nr",
            "nr.",
            "row",
            "rownames",
            "row_names",
            "rowid",
            "row_id",
            "rownum",
            "row_number",
            "index",
            "idx",
            "obs",
            "step",
            "x1",
            "unnamed: 0");
    private static final Set<String> ID_NAMES = Set.of(
            "id",
            "key",
            "code",
            "sku",
            "item",
            "product",
            "store",
            "shop",
            "series",
            "unique_id",
            "name",
            "country",
            "region",
            "city",
            "station",
            "sensor",
            "customer",
            "category",
            "symbol",
            "ticker",
            "group");
    private static final Pattern ID_NAME = Pattern.compile("(?:.*[ _-])?(?:id|key|code|name|no|nr)");

    /** What is said beside a value rather than measured: flags, footnotes, how it is to be read. */
    private static final Pattern REMARK =
            Pattern.compile("(?:.*[ _.])?(?:qc|qf|flags?|footnotes?|decimals|unit_?mult(?:iplier)?|scalar_id|obs_status"
                    + "|quality[ _]?(?:code|flag|level))(?:[ _.].*)?|qn?_.*");

    /** Where something is measured. */
    private static final Pattern PLACE = Pattern.compile(
            "lat(?:itude)?|lon(?:g|gitude)?|lng|elev(?:ation)?|alt(?:itude)?|coordinate|zip(?:[ _]?code)?|post(?:al)?["
                    + " _]?code|plz|.*(?:id|number|station|stn|site)");

    /** What numbers are counted in. */
    private static final Pattern UNIT =
            Pattern.compile("(?:.*[ _.])?(?:units?|scale|uom|currency|ccy|unit_?mult(?:iplier)?"
                    + "|einheit|währung|unité|devise|unidad|moneda)(?:[ _.:].*)?");

    private static final Pattern WEEKDAY =
            Pattern.compile("weekday|dow|wday|wochentag|day[ _]?of[ _]?(?:the[ _])?week|dayofyear|doy|day_of_year");

    /** What noughts and ones say of a day or a row. */
    private static final Pattern FLAG = Pattern.compile(
            "(?:is|has|was)[ _].*|(?:.*[ _.])?(?:(?:public|bank|school|state|national)?[ _]?holidays?|week[ _]?ends?"
                    + "|(?:working|work|business|bank)[ _]?days?|flag|dummy|promo(?:tion)?|feiertag|ferien|wochenende"
                    + "|arbeitstag|festivo|laborable|férié|férie)(?:[ _](?:flag|ind(?:icator)?|dummy))?");

    private static final Pattern TOTAL =
            Pattern.compile("(?i)(?:grand |sub-?)?totals?|sums?|summe|gesamt|insgesamt|somme|suma|totale");

    /** What rows say at the place of a time that are of whole columns: statistics, codes, units. */
    private static final Pattern ASIDE = Pattern.compile(
            "(?i)(?:mean|average|avg|median|min(?:imum)?|max(?:imum)?|st(?:d|dev|andard)\\.?(?:"
                    + " ?dev(?:iation)?\\.?)?|count|mittelwert|moyenne|media|transform(?:ation)?s?|factors?|tcodes?|units?):?");

    private ColumnNames() {}

    /** Whether a name is one that columns of times have. */
    public static boolean isTimeName(String name) {
        String bare = lower(name);
        return TIME_NAMES.contains(bare) || DATE_NAME.matcher(bare).matches() || NumericTime.Evidence.isJulian(bare);
    }

    /** Whether a row is called so that sums up others. */
    public static boolean isTotal(String name) {
        return TOTAL.matcher(name).matches();
    }

    /** Whether a row is called so that says something of whole columns. */
    public static boolean isAside(String name) {
        return ASIDE.matcher(name).matches();
    }

    /** Whether a name is one that columns have which tell things apart. */
    public static boolean isIdName(String name) {
        String bare = lower(name);
        return ID_NAMES.contains(bare) || ID_NAME.matcher(bare).matches();
    }

    /** Whether a name is one that columns have which merely count. */
    public static boolean isRowName(String name) {
        String bare = lower(name);
        return ROW_NAMES.contains(bare) || bare.matches("unnamed: [0-9.]+");
    }

    /** Whether a name ends as those do of what tells things apart. */
    public static boolean tells(String name) {
        return ID_NAME.matcher(lower(name)).matches();
    }

    /** Whether a name is that of a day's place in its week or year, which says the date again. */
    public static boolean isWeekday(String name) {
        return WEEKDAY.matcher(lower(name)).matches();
    }

    /** Whether a name is that of noughts and ones which say what kind of day or row it is. */
    public static boolean isFlag(String name) {
        return FLAG.matcher(lower(name)).matches();
    }

    /** Whether a name is that of remarks on values. */
    public static boolean isRemark(String name) {
        return REMARK.matcher(lower(name)).matches();
    }

    /** Whether a name is that of the place at which something is measured. */
    public static boolean isPlace(String name) {
        return PLACE.matcher(lower(name)).matches() || isIdName(name);
    }

    /** Whether a name is that of the unit in which something is measured. */
    public static boolean isUnit(String name) {
        return UNIT.matcher(lower(name)).matches();
    }

    /** In small letters, without a unit in brackets behind it. */
    public static String lower(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceFirst("[\\[(][^\\])]*[\\])]\\s*$", "")
                .replaceAll("[<>]", "")
                .strip();
    }
}
