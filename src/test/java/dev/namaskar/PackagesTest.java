package dev.namaskar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house: which package may know which, and how classes may be called. */
class PackagesTest {
    private static final String ROOT = "dev.namaskar.";

    /** Every package may import those above it here, and none below: imports point one way. */
    private static final List<String> FLOORS = List.of(
            "kernels",
            "params",
            "cells",
            "net",
            "losses",
            "optim",
            "train",
            "files",
            "symbols",
            "decoding",
            "text",
            "series",
            "exchange",
            "plot",
            "cli");

    /** What a package of that order must not know all the same: tasks do not know each other. */
    private static final Map<String, Set<String>> APART = Map.of(
            "optim", Set.of("cells", "net", "losses"),
            "series", Set.of("text"),
            "plot", Set.of("exchange"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.namaskar");

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
        Set<String> allowed = new TreeSet<>(FLOORS.subList(0, FLOORS.indexOf(name)));
        allowed.removeAll(APART.getOrDefault(name, Set.of()));
        DescribedPredicate<JavaClass> forbidden = DescribedPredicate.describe(
                "are in a package of ours other than " + allowed,
                type -> isOurs(type.getPackage())
                        && !isIn(type, name)
                        && allowed.stream().noneMatch(p -> isIn(type, p)));

        check(noClasses().that().resideInAPackage(ROOT + name + "..").should().dependOnClassesThat(forbidden));
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

    private static boolean isOurs(JavaPackage where) {
        return (where.getName() + ".").startsWith(ROOT);
    }

    private static boolean isIn(JavaClass type, String name) {
        return (type.getPackageName() + ".").startsWith(ROOT + name + ".");
    }
}
