/** Definitions of jq 1.6 that 1.7 dropped or changed (src/builtin.jq of 1.6). One line, so that the user's lines keep their place. */
export const PRELUDE = 'def leaf_paths: paths(scalars); '
