package dev.namaskar;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The packages of the project: their order, and what they in truth know of each other. */
final class House {
    static final String ROOT = "dev.namaskar.";

    /** Every package may import those before it here, and none behind: imports point one way. */
    static final List<String> FLOORS = List.of(
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
            "speech",
            "tasks",
            "text",
            "labelling",
            "translation",
            "series",
            "tune",
            "exchange",
            "plot",
            "cli");

    /** Each the whole story of one kind of model, so that none knows another. */
    static final Set<String> TASKS = Set.of("text", "labelling", "translation", "series");

    /** What a package must not know though it stands before it in that order. */
    static final Map<String, Set<String>> APART =
            Map.of("optim", Set.of("cells", "net", "losses"), "plot", Set.of("exchange"));

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.namaskar");

    private House() {}

    /** The packages that a package may import. */
    static Set<String> allowed(String name) {
        Set<String> allowed = new TreeSet<>(FLOORS.subList(0, FLOORS.indexOf(name)));
        allowed.removeAll(APART.getOrDefault(name, Set.of()));
        if (TASKS.contains(name)) {
            allowed.removeAll(TASKS);
        }
        return allowed;
    }

    static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(ROOT);
    }

    static boolean isIn(JavaClass type, String name) {
        return (type.getPackageName() + ".").startsWith(ROOT + name + ".");
    }

    /** The floor of a class of ours, {@code net} for one of {@code dev.namaskar.net.layers}. */
    static String floor(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("[.]", 2)[0];
    }

    /** For each package the others of ours that its classes use, as the compiled classes tell. */
    static Map<String, Set<String>> imports() {
        Map<String, Set<String>> imports = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            Set<String> used = imports.computeIfAbsent(floor(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(House::isOurs)
                    .map(House::floor)
                    .filter(name -> !name.equals(floor(type)))
                    .forEach(used::add);
        }
        return imports;
    }

    /** The rooms of a package: itself and those inside it, by their names below {@code dev.namaskar}. */
    static List<String> rooms(String floor) {
        return CLASSES.stream()
                .filter(type -> isIn(type, floor))
                .map(type -> type.getPackageName().substring(ROOT.length()))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }
}
