/** Public face: `command({ help, version, run(io, options) })`. */
export { command, usageError } from './command'
export { Options, UsageError } from './parse'
