/** An error that kubectl prints as it is. */
export class Refused extends Error {}
