/**
 * How a learning rate changes over a run, as factors of an optimizer's own. For users: {@link
 * dev.namaskar.optim.schedules.Schedules} makes them, {@link dev.namaskar.optim.schedules.Schedule} combines them, and
 * {@link dev.namaskar.optim.schedules.NamedSchedule} is the service by which one's own goes by a name.
 */
@NullMarked
package dev.namaskar.optim.schedules;

import org.jspecify.annotations.NullMarked;
