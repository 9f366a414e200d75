package dev.namaskar.labelling.data;

import java.util.List;

/**
 * A series of channels with a tag for each step, such as a film with what happens in each frame.
 *
 * @param series the values; its own label is not looked at
 * @param tags as many as steps
 */
public record TaggedSeries(ChannelSequence series, List<String> tags) {
    /** Checks that each step has its tag. */
    public TaggedSeries {
        tags = List.copyOf(tags);
        if (tags.size() != series.steps() || tags.contains("")) {
            throw new IllegalArgumentException("expected a tag for each of " + series.steps() + " steps, found "
                    + tags.stream().filter(tag -> !tag.isEmpty()).count());
        }
    }
}
