/**
 * What the simulation's own work costs the host where it costs far more than the real program's (a regular expression's steps), in units of
 * `spend`, about a microsecond each. Whoever does such work adds it here. The scheduler begins each step with none and counts it against the
 * slice and not against the clock: so the thread comes back in time, and the node's time stays that of a node.
 */
export const effort = { units: 0 }
