package dev.namaskar;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house: which package may know which, and how classes may be called. */
class PackagesTest {
    private static final String ROOT = "dev.namaskar.";

    /** For each package the packages of ours that it may import; imports point one way. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("kernels", Set.of()),
            Map.entry("params", Set.of("kernels")),
            Map.entry("cells", Set.of("kernels", "params")),
            Map.entry("net", Set.of("kernels", "params", "cells")),
            Map.entry("losses", Set.of("kernels", "params", "cells", "net")),
            Map.entry("optim.schedules", Set.of("params")),
            Map.entry("optim.search", Set.of("params")),
            Map.entry("optim", Set.of("kernels", "params")),
            Map.entry("train", Set.of("kernels", "params", "cells", "net", "losses", "optim")),
            Map.entry("text", Set.of("kernels", "params", "cells", "net", "losses", "optim", "train")),
            Map.entry("series", Set.of("kernels", "params", "cells", "net", "losses", "optim", "train")),
            Map.entry("io", Set.of("kernels", "params", "cells", "net", "losses", "optim", "train", "text", "series")),
            Map.entry(
                    "plot", Set.of("kernels", "params", "cells", "net", "losses", "optim", "train", "text", "series")),
            Map.entry(
                    "cli",
                    Set.of(
                            "kernels", "params", "cells", "net", "losses", "optim", "train", "text", "series", "io",
                            "plot")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.namaskar");

    static Set<String> packages() {
        return new TreeSet<>(MAY_IMPORT.keySet());
    }

    @Test
    void everyClassLivesInOneOfThePackages() {
        Set<String> found = CLASSES.stream()
                .map(type -> type.getPackageName().replaceFirst("^(dev[.]namaskar[.][a-z]+)[.].*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).isSubsetOf(packages().stream().map(ROOT::concat).toList());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsPointOneWay(String name) {
        Set<String> allowed = MAY_IMPORT.get(name);
        DescribedPredicate<JavaClass> forbidden = DescribedPredicate.describe(
                "are in a package of ours other than " + new TreeSet<>(allowed),
                type -> isOurs(type.getPackage())
                        && !isIn(type, name)
                        && allowed.stream().noneMatch(p -> isIn(type, p)));

        check(noClasses().that().resideInAPackage(ROOT + name + "..").should().dependOnClassesThat(forbidden));
    }

    @Test
    void packagesFormNoCycle() {
        check(slices().matching(ROOT + "(**)").should().beFreeOfCycles());
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
    void onlyIoKnowsNd4j() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "io..")
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
