/**
 * Containers: safetensors, JSON, archives, atomic writes, models and checkpoints as files. Knows no task: a task's models
 * read and write themselves. Readers trust nothing they read; writers never leave a half-written file.
 *
 * <p>For users: {@link dev.namaskar.files.ModelFile} and {@link dev.namaskar.files.Model} (a network of any task as a
 * file), {@link dev.namaskar.files.CheckpointFile} and {@link dev.namaskar.files.CheckpointedRuns} (runs that go on where
 * they were killed), {@link dev.namaskar.files.Safetensors} and {@link dev.namaskar.files.SafetensorsWriter} (tensors of
 * any other kind), {@link dev.namaskar.files.AtomicFile} and {@link dev.namaskar.files.Outputs} (files of one's own,
 * written as safely). The rest is public for the rooms that read and write formats.
 */
@NullMarked
package dev.namaskar.files;

import org.jspecify.annotations.NullMarked;
