package dev.namaskar.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Under which heading of the help page an option stands, or all options of a class; without it, the first. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface Heading {
    String OWN = "Options";
    String DATA = "Data";
    String NETWORK = "Network";
    String TRAINING = "Training";
    String TUNING = "Trials";
    String FILES = "Files";
    String OUTPUT = "Output and help";

    /** One of those here, which stand on the page in their order. */
    String value();
}
