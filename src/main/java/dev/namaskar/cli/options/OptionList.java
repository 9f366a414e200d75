package dev.namaskar.cli.options;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.OptionSpec;

/** The options on a help page, under headings, in the order in which they are declared. */
public final class OptionList implements IHelpSectionRenderer {
    private static final List<String> ORDER = List.of(
            Heading.OWN,
            Heading.DATA,
            Heading.NETWORK,
            Heading.TRAINING,
            Heading.TUNING,
            Heading.FILES,
            Heading.OUTPUT);

    @Override
    public String render(Help help) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        ORDER.forEach(heading -> groups.put(heading, new ArrayList<>()));
        for (OptionSpec option : help.commandSpec().options()) {
            if (!option.hidden()) {
                groups.computeIfAbsent(heading(option), heading -> new ArrayList<>())
                        .add(option);
            }
        }
        groups.values().removeIf(List::isEmpty);
        StringBuilder page = new StringBuilder();
        groups.forEach((heading, options) -> {
            // A page with one group needs no heading.
            page.append(groups.size() > 1 ? String.format("%n%s:%n", heading) : "");
            Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
            layout.addAllOptions(options, help.createDefaultParamLabelRenderer());
            page.append(layout);
        });
        return page.toString();
    }

    private static String heading(OptionSpec option) {
        boolean standard = option.usageHelp() || option.versionHelp();
        if (standard || !(option.userObject() instanceof Field field)) {
            return Heading.OUTPUT;
        }
        Heading own = field.getAnnotation(Heading.class);
        Heading all = field.getDeclaringClass().getAnnotation(Heading.class);
        return own != null ? own.value() : all != null ? all.value() : Heading.OWN;
    }
}
