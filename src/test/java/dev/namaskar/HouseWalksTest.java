package dev.namaskar;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.namaskar.testing.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walks on the page on the house: every step is one that the compiled classes take. */
class HouseWalksTest {
    private static final int INDENT = 4;

    /** A line of a walk: a class, and the one it is called by, none for what a program itself calls. */
    private record Step(String name, int depth) {}

    static List<String> walks() {
        return Page.ofGuide("house").blocks("");
    }

    private static List<Step> steps(String walk) {
        return walk.lines()
                .map(line -> new Step(
                        line.strip().split(" ", 2)[0],
                        (line.length() - line.stripLeading().length()) / INDENT))
                .toList();
    }

    private static boolean knows(String from, String to) {
        JavaClass target = House.CLASSES.get(House.ROOT + to);
        return House.CLASSES.stream()
                .filter(type -> type.getName().equals(House.ROOT + from)
                        || type.getName().startsWith(House.ROOT + from + "$"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .anyMatch(dependency -> dependency.getTargetClass().equals(target)
                        || dependency.getTargetClass().getName().startsWith(target.getName() + "$"));
    }

    private static String room(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    @Test
    void thereAreThree() {
        assertThat(walks()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("walks")
    void everyClassIsCalledByTheOneAboveIt(String walk) {
        List<Step> above = new ArrayList<>();
        for (Step step : steps(walk)) {
            assertThat(House.CLASSES.contain(House.ROOT + step.name()))
                    .as(step.name())
                    .isTrue();
            assertThat(step.depth()).as(step.name()).isLessThanOrEqualTo(above.size());
            above = new ArrayList<>(above.subList(0, step.depth()));
            if (step.depth() > 0) {
                String caller = above.get(step.depth() - 1).name();
                assertThat(knows(caller, step.name()) || knows(step.name(), caller))
                        .as(caller + " and " + step.name())
                        .isTrue();
            }
            above.add(step);
        }
    }

    @ParameterizedTest
    @MethodSource("walks")
    void noRoomIsEnteredTwice(String walk) {
        Set<String> entered = new HashSet<>();
        List<Step> above = new ArrayList<>();
        for (Step step : steps(walk)) {
            above = new ArrayList<>(above.subList(0, step.depth()));
            if (step.depth() > 0 && !room(above.get(step.depth() - 1).name()).equals(room(step.name()))) {
                assertThat(entered.add(room(step.name())))
                        .as("enters " + room(step.name()) + " again, at " + step.name())
                        .isTrue();
            }
            above.add(step);
        }
        assertThat(entered).isNotEmpty();
    }
}
