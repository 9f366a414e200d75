package dev.namaskar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.namaskar.House.CLASSES;
import static dev.namaskar.House.FLOORS;
import static dev.namaskar.House.ROOT;
import static dev.namaskar.House.isIn;
import static dev.namaskar.House.isOurs;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.namaskar.testing.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house: which package may know which, and how classes may be called. */
class PackagesTest {
    static Set<String> packages() {
        return new TreeSet<>(FLOORS);
    }

    @Test
    void everyClassLivesInOneOfThePackages() {
        assertThat(CLASSES).allMatch(type -> FLOORS.stream().anyMatch(floor -> isIn(type, floor)));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsPointOneWay(String name) {
        Set<String> allowed = House.allowed(name);
        DescribedPredicate<JavaClass> forbidden = DescribedPredicate.describe(
                "are in a package of ours other than " + allowed,
                type -> isOurs(type) && !isIn(type, name) && allowed.stream().noneMatch(p -> isIn(type, p)));

        check(noClasses().that().resideInAPackage(ROOT + name + "..").should().dependOnClassesThat(forbidden));
    }

    @Test
    void tasksDoNotKnowEachOther() {
        for (String task : House.TASKS) {
            String[] others = House.TASKS.stream()
                    .filter(other -> !other.equals(task))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(ROOT + task + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others));
        }
    }

    @Test
    void nobodyKnowsTheCommandLine() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "cli.."));
    }

    @Test
    void whatUsersWriteUsesNothingInternal() throws IOException {
        Pattern internal = Pattern.compile("dev[.]namaskar[.][\\w.]*\\binternal\\b");
        List<Path> programs = new ArrayList<>();
        for (Path folder : List.of(Path.of("examples"), Path.of("src", "it"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(programs::add);
            }
        }

        assertThat(programs).isNotEmpty();
        for (Path program : programs) {
            assertThat(Files.readString(program)).as(program.toString()).doesNotContainPattern(internal);
        }
        assertThat(Page.all())
                .allSatisfy(
                        page -> assertThat(String.join("", page.blocks("java"))).doesNotContainPattern(internal));
    }

    @Test
    void packagesFormNoCycle() {
        check(slices().matching(ROOT + "(*)..").should().beFreeOfCycles());
    }

    /** In series the parent is the face of its rooms, so that it and they know each other; all else points one way. */
    @Test
    void roomsInsideFormNoCycle() {
        check(slices().matching(ROOT + "(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAPackage(ROOT + "series.."), resideInAPackage(ROOT + "series..")));
        check(slices().matching(ROOT + "series.(*)").should().beFreeOfCycles());
        check(slices().matching(ROOT + "series.table.(*)").should().beFreeOfCycles());
    }

    @Test
    void onlyKernelsKnowsANativeLibrary() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "kernels..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..", "com.sun.jna.."));
    }

    @Test
    void onlyExchangeKnowsNd4j() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "exchange..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.nd4j.."));
    }

    @Test
    void onlyItsOwnRoomsKnowSpark() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "spark..", ROOT + "cli.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..", "org.apache.hadoop.."));
    }

    @Test
    void onlyTheCommandLineKnowsItsParser() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli.."));
    }

    @Test
    void classesAreNamedByWhatTheyAreInTheField() {
        check(classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
