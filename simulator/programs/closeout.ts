/**
 * What programs say whose standard output cannot be written: a full disk (`> /dev/full`), a descriptor that is closed (`>&-`).
 * Real programs gather what they print in a buffer: what they say hangs on whether it ran full, or was written when they ended (gnulib's
 * closeout.c, util-linux's closestream.h; every kind below was run with both).
 */

export interface Fault {
  /** What the program calls itself. */
  readonly name: string
  /** The errno's text. */
  readonly why: string
  /** There is no standard output, nor was one opened since. */
  readonly isClosed: boolean
  /** All of it went into one buffer, which was written at the end. */
  readonly isLast: boolean
  /** Length of the piece that did not fit into the first buffer any more. */
  readonly piece: number
  /** The status that the program had come to; 0 when it was interrupted. */
  readonly status: number
}

export interface Ending {
  readonly said: string
  readonly status: number
}

export type Closeout = (fault: Fault) => Ending

/** `NAME: write error: WHY`. */
export const closeout = (status = 1): Closeout => ({ name, why }) => ({ said: `${name}: write error: ${why}\n`, status })

/** One that does not say why. */
export const wordlessCloseout: Closeout = ({ name }) => ({ said: `${name}: write error\n`, status: 1 })

/** Who writes each line at once, or has come to the end by then, finds only that something had failed. */
export const bareCloseout: Closeout = (fault) => (fault.isClosed ? closeout()(fault) : wordlessCloseout(fault))

/** A loop that looks only at its end whether all was written. */
export const lateCloseout: Closeout = (fault) => (fault.isLast ? closeout()(fault) : bareCloseout(fault))

/** A loop that looks at each write, and is followed by the look at the end. */
export const doubleCloseout: Closeout = (fault) => {
  const { said, status } = closeout()(fault)
  return { said: fault.isLast ? said : said + bareCloseout(fault).said, status }
}

/** head and tail name the stream when a block fails. */
export const blockCloseout: Closeout = (fault) => (fault.isLast ? closeout()(fault) : { said: `${fault.name}: error writing 'standard output': ${fault.why}\n`, status: 1 })

/** diffutils name the stream. */
export const streamCloseout: Closeout = ({ name, why }) => ({ said: `${name}: standard output: ${why}\n`, status: 2 })

/** util-linux does not mind a stream that was closed beforehand. */
export const closestream = (status = 1): Closeout => (fault) => (fault.isClosed ? { said: '', status: fault.status } : closeout(status)(fault))

/** One that looks at each line. */
export const lateClosestream: Closeout = (fault) => (fault.isLast ? closestream()(fault) : wordlessCloseout(fault))

/** A program that does not look, of a family that does. */
export const silent: Closeout = ({ status }) => ({ said: '', status })
