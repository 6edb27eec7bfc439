/** What pivot_root --help of util-linux 2.38.1 prints. */
export const HELP = `
Usage:
 pivot_root [options] new_root put_old

Change the root filesystem.

Options:
 -h, --help     display this help
 -V, --version  display version

For more details see pivot_root(8).
`
