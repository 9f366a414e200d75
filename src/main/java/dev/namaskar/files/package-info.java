/**
 * Containers: safetensors, JSON, archives, atomic writes, models and checkpoints as files. Knows no task: a task's models
 * read and write themselves. Readers trust nothing they read; writers never leave a half-written file.
 */
@NullMarked
package dev.namaskar.files;

import org.jspecify.annotations.NullMarked;
