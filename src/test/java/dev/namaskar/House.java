package dev.namaskar;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            "serve",
            "spark",
            "cli");

    /** What is not part of every build: read from its sources, so that the house is drawn alike with it and without. */
    private static final Path EXTRA = Path.of("src", "main", "spark", "dev", "namaskar");

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?dev[.]namaskar[.]([a-z0-9]+)[.]");

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
        extra().forEach((room, source) -> {
            Set<String> used = imports.computeIfAbsent(room.split("[.]", 2)[0], name -> new TreeSet<>());
            IMPORT.matcher(source).results().map(found -> found.group(1)).forEach(used::add);
            used.remove(room.split("[.]", 2)[0]);
        });
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
        return Stream.concat(
                        CLASSES.stream()
                                .filter(type -> isIn(type, floor))
                                .map(type -> type.getPackageName().substring(ROOT.length())),
                        extra().keySet().stream().filter(room -> (room + ".").startsWith(floor + ".")))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    /** The rooms that not every build has, each with all its sources. */
    private static Map<String, String> extra() {
        Map<String, String> rooms = new TreeMap<>();
        try (Stream<Path> files = Files.walk(EXTRA)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String room = EXTRA.relativize(file.getParent()).toString().replace(File.separatorChar, '.');
                rooms.merge(room, Files.readString(file), String::concat);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rooms;
    }
}
