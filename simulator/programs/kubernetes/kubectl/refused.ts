/** Errors of kubectl's own. */

/** An error that kubectl prints as it is. */
export class Refused extends Error {}

/** What the lab does not have: said plainly, with status 125. */
export class NotHere extends Error {}
