package dev.namaskar.series.calendar;

import dev.namaskar.series.notation.Frequency;
import java.time.LocalDateTime;
import java.util.Locale;

/** Features read off the calendar, each as sine and cosine of its phase, so that December stands beside January. */
public enum Calendar {
    /** Minute within the hour. */
    MINUTE {
        @Override
        double phase(LocalDateTime t) {
            return t.getMinute() / 60.0;
        }
    },
    /** Hour within the day. */
    HOUR {
        @Override
        double phase(LocalDateTime t) {
            return (t.getHour() + t.getMinute() / 60.0) / 24.0;
        }
    },
    /** Day within the week. */
    WEEKDAY {
        @Override
        double phase(LocalDateTime t) {
            return (t.getDayOfWeek().getValue() - 1) / 7.0;
        }
    },
    /** Day within the month. */
    MONTHDAY {
        @Override
        double phase(LocalDateTime t) {
            return (t.getDayOfMonth() - 1.0) / t.toLocalDate().lengthOfMonth();
        }
    },
    /** Month within the year. */
    MONTH {
        @Override
        double phase(LocalDateTime t) {
            return (t.getMonthValue() - 1) / 12.0;
        }
    },
    /** Day within the year. */
    YEARDAY {
        @Override
        double phase(LocalDateTime t) {
            return (t.getDayOfYear() - 1.0) / t.toLocalDate().lengthOfYear();
        }
    };

    abstract double phase(LocalDateTime time);

    /** Writes {@code sin(2 pi phase), cos(2 pi phase)} of a clock time at {@code at} and after it. */
    public void write(long time, float[] to, int at) {
        double angle = 2 * Math.PI * phase(Frequency.clock(time));
        to[at] = (float) Math.sin(angle);
        to[at + 1] = (float) Math.cos(angle);
    }

    /** The name used on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
