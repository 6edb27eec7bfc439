/** What chroot shows of itself (Debian 12); its options are read from here. */
export const HELP = ``

export const VERSION = ``
