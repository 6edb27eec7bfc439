/** Definitions of jq 1.6 that later versions dropped or changed (src/builtin.jq, builtin.c of 1.6). They stand on one line. */
const DEFINITIONS = [
  'def leaf_paths: paths(scalars);',
  // An error without a message is no error.
  'def error(f): f as $m | if $m == null then empty else ($m | error) end;',
  'def error: error(.);',
  'def limit($n; f): if $n < 0 then f else label $__out | foreach f as $item (0; .+1; $item, if . >= $n then break $__out else empty end) end;',
  // It prints strings as JSON too.
  'def __stderr: stderr;',
  'def stderr: . as $x | ($x | tojson | __stderr) | $x;',
]

export const PRELUDE = `${DEFINITIONS.join(' ')} `
