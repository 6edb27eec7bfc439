/** What rev shows of itself (Debian 12); its options are read from here. */
export const HELP = `Usage: rev [options] [file ...]

Reverse lines characterwise.

Options:
 -h, --help     display this help
 -V, --version  display version

For more details see rev(1).
`

export const VERSION = `rev from util-linux 2.38.1
`
