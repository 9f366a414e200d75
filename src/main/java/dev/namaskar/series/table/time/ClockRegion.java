package dev.namaskar.series.table.time;

import dev.namaskar.series.notation.TableZone;
import dev.namaskar.series.notation.TimeShape;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The regions by whose clocks people live, to find the one that a table's times were taken by. */
public final class ClockRegion {
    /** Zones that are tried before all others, so that one of several with the same rules has a name people know. */
    private static final List<String> KNOWN = List.of(
            "Europe/Berlin",
            "Europe/London",
            "Europe/Athens",
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Los_Angeles",
            "Australia/Sydney",
            "Pacific/Auckland");

    private ClockRegion() {}

    /** The region whose clocks had the offsets at the times, or the world's clock where there is none. */
    static TableZone of(List<TimeShape.Written> times) {
        for (String id : ids()) {
            ZoneRules rules = ZoneId.of(id).getRules();
            boolean fits = times.stream().allMatch(t -> {
                ZoneOffset offset = new TableZone(t.zone()).offset();
                return offset != null
                        && rules.getOffset(t.local().toInstant(offset)).equals(offset);
            });
            if (fits) {
                return new TableZone(id);
            }
        }
        return TableZone.UTC;
    }

    /** The names of all regions, those that people know best first. */
    public static Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        String here = ZoneId.systemDefault().getId();
        if (here.contains("/") && !here.startsWith("Etc/")) {
            ids.add(here);
        }
        ids.addAll(KNOWN);
        ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/") && !id.startsWith("Etc/"))
                .sorted()
                .forEach(ids::add);
        return ids;
    }
}
