/** Energies as layers: restricted Boltzmann machines, alone or behind a recurrent layer, and what is asked of them. */
@NullMarked
package dev.namaskar.net.energy;

import org.jspecify.annotations.NullMarked;
