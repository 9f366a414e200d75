package dev.namaskar.series.notation;

import dev.namaskar.series.TableException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which a whole number says a time. */
public enum NumericTime {
    /** Numbers of rows. */
    ROW("row") {
        @Override
        public double millis(double number) {
            return number;
        }
    },
    /** Years, also fractional. */
    YEAR("year") {
        @Override
        public double millis(double number) {
            return number;
        }
    },
    /** {@code 202012} is December. */
    MONTHS("yyyyMM") {
        @Override
        public double millis(double number) {
            return day(LocalDate.of(high(number), low(number), 1));
        }
    },
    /** {@code 2020.12} is December, which no fraction of a year is. */
    POINT_MONTHS("yyyy.MM") {
        @Override
        public double millis(double number) {
            return MONTHS.millis(Math.rint(number * 100));
        }

        @Override
        public boolean takes(double number) {
            return Math.abs(number * 100 - Math.rint(number * 100)) < NEAR_WHOLE;
        }
    },
    /** {@code 202004} is the fourth quarter. */
    QUARTERS("yyyyQQ") {
        @Override
        public double millis(double number) {
            return day(LocalDate.of(high(number), 3 * low(number) - 2, 1));
        }
    },
    /** {@code 202053} is the 53rd week of ISO 8601. */
    WEEKS("yyyyww") {
        @Override
        public double millis(double number) {
            return day(TimeShape.week(high(number), low(number), 1));
        }
    },
    /** Seconds since 1970. */
    SECONDS("epoch-seconds", 1) {
        @Override
        public double millis(double number) {
            return Math.rint(number * 1e3);
        }
    },
    /** Milliseconds since 1970. */
    MILLISECONDS("epoch-milliseconds", 1e3) {
        @Override
        public double millis(double number) {
            return Math.rint(number);
        }
    },
    /** Microseconds since 1970. */
    MICROSECONDS("epoch-microseconds", 1e6) {
        @Override
        public double millis(double number) {
            return Math.rint(number / 1e3);
        }
    },
    /** Tenths of microseconds since the year 1, as .NET counts them. */
    TICKS("ticks", 1e7, -62_135_596_800L) {
        @Override
        public double millis(double number) {
            return Math.rint(number / 1e4) - 62_135_596_800_000.0;
        }
    },
    /** Seconds since 2001, as Apple's programs count them. */
    APPLE_SECONDS("seconds-since-2001", 0, 978_307_200L) {
        @Override
        public double millis(double number) {
            return Math.rint(number * 1e3) + 978_307_200_000.0;
        }
    },
    /** Nanoseconds since 1970. */
    NANOSECONDS("epoch-nanoseconds", 1e9) {
        @Override
        public double millis(double number) {
            return Math.rint(number / 1e6);
        }
    },
    /** Days since 1899-12-30, as spreadsheets count them. */
    SPREADSHEET("spreadsheet") {
        @Override
        public double millis(double number) {
            return Math.rint((number - 25_569) * 1440) * 60_000;
        }
    },
    /** Days since the noon at which astronomers began to count them, in 4713 BC. */
    JULIAN_DAYS("julian-day") {
        @Override
        public double millis(double number) {
            return Math.rint((number - 2_440_587.5) * 86_400) * 1e3;
        }
    },
    /** Julian days less 2400000.5: days since 1858-11-17. */
    MODIFIED_JULIAN_DAYS("modified-julian-day") {
        @Override
        public double millis(double number) {
            return Math.rint((number - 40_587) * 86_400) * 1e3;
        }
    },
    /** {@code 2020366}: the days of a year, counted. */
    YEAR_DAYS("yyyyDDD") {
        @Override
        public double millis(double number) {
            return day(LocalDate.ofYearDay((int) (number / 1000), (int) (number % 1000)));
        }
    };

    private static final double NEAR_WHOLE = 1e-6;
    private static final double FIRST_SECOND = 3e8;
    private static final double LAST_SECOND = 4.2e9;
    private static final Set<NumericTime> COUNTED_DAYS = EnumSet.of(SPREADSHEET, JULIAN_DAYS, MODIFIED_JULIAN_DAYS);

    /** The setting's name. */
    final String label;

    /** How many make a second; 0 for what nobody takes for a count of seconds unless told. */
    private final double perSecond;

    /** The second since 1970 from which it counts. */
    private final long origin;

    NumericTime(String label) {
        this(label, 0);
    }

    NumericTime(String label, double perSecond) {
        this(label, perSecond, 0);
    }

    NumericTime(String label, double perSecond, long origin) {
        this.label = label;
        this.perSecond = perSecond;
        this.origin = origin;
    }

    /** Whether numbers are instants of the world's clock. */
    public boolean isEpoch() {
        return perSecond > 0 || origin != 0;
    }

    private boolean counts(double least, double most) {
        return perSecond > 0 && least / perSecond + origin >= FIRST_SECOND && most / perSecond + origin <= LAST_SECOND;
    }

    /** Whether all from the least number to the greatest can be instants of the last decades. */
    public static boolean isEpoch(double least, double most) {
        return Arrays.stream(values()).anyMatch(epoch -> epoch.isEpoch() && epoch.counts(least, most));
    }

    /** Whether what comes of a number is milliseconds, rather than the number itself. */
    public boolean isClock() {
        return this != ROW && this != YEAR;
    }

    /** Milliseconds, or the number itself for rows and years; NaN where the number is no such time. */
    public double parse(double number) {
        try {
            return takes(number) ? millis(number) : Double.NaN;
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    abstract double millis(double number);

    /** Whether a number can be such a time: fractions cannot, but of seconds, days and years. */
    public boolean takes(double number) {
        return number == Math.rint(number) || !isClock() || isEpoch() || COUNTED_DAYS.contains(this);
    }

    private static int high(double number) {
        return (int) Math.floor(number / 100);
    }

    private static int low(double number) {
        return (int) (number - 100 * Math.floor(number / 100));
    }

    private static double day(LocalDate day) {
        return day.toEpochDay() * (double) Frequency.DAY_MILLIS;
    }

    /** What all numbers of a column say together about what they are. */
    public static final class Evidence {
        private static final int FIRST_SHEET_DAY = 20_000;
        private static final int LAST_SHEET_DAY = 60_000;
        /** Seconds of our days since 2001, which are some of thirty years ago since 1970. */
        private static final double FIRST_APPLE = 6e8;

        private static final double LAST_APPLE = 8.5e8;
        /** Days since 1960, as some programs for statistics count them, that are not yet long to come. */
        private static final int LAST_OTHER_DAY = 26_500;

        private static final Pattern JULIAN =
                Pattern.compile("(?i)(m?)(?:[hb]?jd|julian[ _]?(?:date|day)s?)(?:[ _(].*)?");
        private static final double FIRST_JULIAN = 2_300_000;
        private static final double LAST_JULIAN = 2_600_000;

        private long count;
        private boolean whole = true;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private boolean yearsAhead = true;
        private int leastLow = Integer.MAX_VALUE;
        private int mostLow;
        private double before = Double.NaN;
        private boolean pointMonths = true;
        private boolean newYears;
        private boolean yearDays = true;
        private boolean shortDays = true;
        private final BitSet lastOfYear = new BitSet();
        private final BitSet firstOfYear = new BitSet();

        /** Takes one more number into account. */
        public void see(double number) {
            count++;
            whole &= number == Math.rint(number);
            least = Math.min(least, number);
            most = Math.max(most, number);
            double hundredfold = Math.rint(number * 100);
            double month = hundredfold - 100 * Math.floor(number);
            pointMonths &= POINT_MONTHS.takes(number) && month >= 1 && month <= 12;
            // From 2020.12 to 2021.01, or to 2021.03 where quarters are called by their last months.
            newYears |= month == 1 && Math.abs(number - before - 0.89) < NEAR_WHOLE;
            newYears |= month == 3 && Math.abs(number - before - 0.91) < NEAR_WHOLE;
            double day = number % 1000;
            yearDays &= day >= 1 && day <= 366;
            int high = high(number);
            int low = low(number);
            shortDays &= low >= 1 && low <= 31 && high % 100 >= 1 && high % 100 <= 12;
            yearsAhead &= Years.is(high);
            leastLow = Math.min(leastLow, low);
            mostLow = Math.max(mostLow, low);
            if (yearsAhead && !Double.isNaN(before) && high(before) + 1 == high) {
                lastOfYear.set(Math.min(100, low(before)));
                firstOfYear.set(Math.min(100, low));
            }
            before = number;
        }

        /** Whether a column is called by the days that astronomers count. */
        public static boolean isJulian(String column) {
            return JULIAN.matcher(column.strip()).matches();
        }

        /** Whether nothing was seen yet. */
        public boolean isEmpty() {
            return count == 0;
        }

        /**
         * What the numbers are.
         *
         * @param dated whether the column's name speaks of dates
         * @param step the frequency given, or empty
         * @throws TableException where they can be read in two ways
         */
        public NumericTime settle(String column, boolean dated, String step) {
            if (least >= FIRST_APPLE && most <= LAST_APPLE) {
                throw new TableException("column \"" + column + "\" holds " + (long) least + " to " + (long) most
                        + ": seconds since 1970, in " + year(SECONDS) + ", or since 2001, in " + year(APPLE_SECONDS)
                        + "; give `time-format` " + SECONDS.label + " or " + APPLE_SECONDS.label);
            }
            for (NumericTime epoch : values()) {
                if (epoch.isEpoch() && epoch.counts(least, most)) {
                    return epoch;
                }
            }
            if (whole && yearsAhead && leastLow >= 1 && mostLow <= 53) {
                return yearAndPart(column, step.toLowerCase(Locale.ROOT));
            }
            if (pointMonths && newYears && Years.is(least) && Years.is(most)) {
                return POINT_MONTHS;
            }
            if (isJulian(column) && least >= FIRST_JULIAN && most < LAST_JULIAN) {
                return JULIAN_DAYS;
            }
            if (isJulian(column) && least >= 0 && most < LAST_JULIAN - 2_400_000) {
                return MODIFIED_JULIAN_DAYS;
            }
            if (dated && least >= FIRST_SHEET_DAY && most <= LAST_OTHER_DAY) {
                throw new TableException("column \"" + column + "\" holds " + (long) least + " to " + (long) most
                        + ": days of a spreadsheet in "
                        + LocalDate.ofEpochDay((long) least - 25_569).getYear()
                        + ", or days counted from 1960 or 1970 by other programs; give `time-format` spreadsheet, or"
                        + " write dates");
            }
            if (dated && least >= FIRST_SHEET_DAY && most <= LAST_SHEET_DAY) {
                return SPREADSHEET;
            }
            if (dated && whole && yearDays && Years.is(least / 1000) && Years.is(most / 1000)) {
                return YEAR_DAYS;
            }
            return Years.is(least) && Years.is(most) ? YEAR : ROW;
        }

        private int year(NumericTime epoch) {
            return Frequency.clock((long) epoch.millis(least)).getYear();
        }

        private NumericTime yearAndPart(String column, String step) {
            if (!step.equals("week") && shortDays && mostLow > 12 && mostLow <= 31) {
                throw new TableException("column \"" + column + "\" holds " + (long) least + " to " + (long) most
                        + ", which are weeks of years or days (yyMMdd); give `time-format` yyyyww or yyMMdd");
            }
            if (step.equals("week") || mostLow > 12) {
                return WEEKS;
            }
            if (step.equals("quarter") && mostLow <= 4) {
                return QUARTERS;
            }
            if (step.isEmpty() && mostLow <= 4 && leastLow < mostLow) {
                if (lastOfYear.isEmpty()) {
                    throw new TableException("column \"" + column + "\" holds " + (long) least + " to " + (long) most
                            + ", which are months or quarters; give `frequency` month or quarter");
                }
                boolean quarters = lastOfYear.nextSetBit(0) == 4 && firstOfYear.nextSetBit(0) == 1;
                return quarters ? QUARTERS : MONTHS;
            }
            return MONTHS;
        }
    }
}
