package dev.namaskar.series.notation;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The clock that a table's times were read from. Times are kept as that clock showed them, so that a season of a day is
 * a day there, and are written back with what tells its zone.
 *
 * @param name empty for a clock nobody named, {@code Z}, an offset such as {@code +05:30}, or a region such as
 *     {@code Europe/Berlin}
 */
public record TableZone(String name) {
    /** Names that stand for one offset wherever they are used; those that do not are left out. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("Z", "Z"),
            Map.entry("UTC", "Z"),
            Map.entry("GMT", "Z"),
            Map.entry("UT", "Z"),
            Map.entry("WET", "Z"),
            Map.entry("CET", "+01:00"),
            Map.entry("MEZ", "+01:00"),
            Map.entry("WEST", "+01:00"),
            Map.entry("CEST", "+02:00"),
            Map.entry("MESZ", "+02:00"),
            Map.entry("EET", "+02:00"),
            Map.entry("EEST", "+03:00"),
            Map.entry("MSK", "+03:00"),
            Map.entry("JST", "+09:00"),
            Map.entry("AEST", "+10:00"),
            Map.entry("AEDT", "+11:00"),
            Map.entry("EST", "-05:00"),
            Map.entry("EDT", "-04:00"),
            Map.entry("CDT", "-05:00"),
            Map.entry("MST", "-07:00"),
            Map.entry("MDT", "-06:00"),
            Map.entry("PST", "-08:00"),
            Map.entry("PDT", "-07:00"));

    private static final int MOST_FOUND = 1000;
    private static final Map<String, ZoneId> FOUND = new ConcurrentHashMap<>();

    /** A clock nobody named: times are written as they were read, without a zone. */
    public static final TableZone NONE = new TableZone("");

    /** Coordinated universal time. */
    public static final TableZone UTC = new TableZone("Z");

    /** Checks the name and brings it into its usual form. */
    public TableZone {
        if (!name.isEmpty()) {
            ZoneId zone = zone(name);
            if (zone == null) {
                throw new IllegalArgumentException(
                        "expected a zone such as UTC, +05:30 or Europe/Berlin, found '" + name + "'");
            }
            name = zone.getId();
        }
    }

    /** Whether this is an offset, a zone's short name or a region that can be told. */
    public static boolean isKnown(String text) {
        return text.isEmpty() || zone(text) != null;
    }

    private static @Nullable ZoneId zone(String text) {
        ZoneId found = FOUND.get(text);
        if (found == null) {
            found = find(text);
            if (found != null && FOUND.size() < MOST_FOUND) {
                FOUND.put(text, found);
            }
        }
        return found;
    }

    private static @Nullable ZoneId find(String text) {
        String offset = SHORT.get(text.toUpperCase(Locale.ROOT));
        try {
            if (offset != null) {
                return ZoneOffset.of(offset);
            }
            String bare = text.replaceFirst("^(?:UTC|GMT)(?=[-+−])", "").replace('−', '-');
            return bare.matches("[-+][0-9]:?[0-9]{2}")
                    ? ZoneOffset.of(bare.charAt(0) + "0" + bare.substring(1))
                    : ZoneId.of(bare).normalized();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The offset that this is, or null for a region and for a clock nobody named. */
    @Nullable
    public ZoneOffset offset() {
        return zone(name) instanceof ZoneOffset offset ? offset : null;
    }

    /** Whether times carry a zone. */
    public boolean isNamed() {
        return !name.isEmpty();
    }

    /** What this clock shows at a time that another showed. */
    public LocalDateTime local(LocalDateTime written, String zone) {
        ZoneId from = zone.isEmpty() || name.isEmpty() ? null : zone(zone);
        if (from == null) {
            return written;
        }
        ZoneId to = ZoneId.of(name);
        return to.equals(from)
                ? written
                : written.atZone(from).withZoneSameInstant(to).toLocalDateTime();
    }

    /** The offset at a time of this clock, such as {@code +05:30}; empty for a clock nobody named. */
    private String offset(LocalDateTime local) {
        return name.isEmpty() ? "" : ZoneId.of(name).getRules().getOffset(local).getId();
    }

    /** A time as text: as its step says it or, where the zone is known, with date, clock and offset. */
    public String text(Frequency frequency, long time) {
        if (name.isEmpty() || !frequency.isClock()) {
            return frequency.text(time);
        }
        LocalDateTime local = Frequency.clock(time);
        LocalTime clock = local.toLocalTime();
        String shown = clock.getNano() == 0 && clock.getSecond() == 0
                ? local.toLocalDate() + "T"
                        + String.format(Locale.ROOT, "%02d:%02d", clock.getHour(), clock.getMinute())
                : local.toString();
        return shown + offset(local);
    }
}
