/** Definitions of jq 1.6 that later versions dropped or changed (src/builtin.jq, builtin.c of 1.6). They stand on one line. */
const DEFINITIONS = [
  'def leaf_paths: paths(scalars);',
  // An error without a message is no error.
  'def error(f): f as $m | if $m == null then empty else ($m | error) end;',
  'def error: error(.);',
  'def limit($n; f): if $n < 0 then f else label $__out | foreach f as $item (0; .+1; $item, if . >= $n then break $__out else empty end) end;',
  // Five marks more stand for themselves in @uri.
  'def __format(f): format(f); def format(f): f as $f | if $f == "uri" then reduce (["%21", "!"], ["%27", "\\u0027"], ["%28", "("], ["%29", ")"], ["%2A", "*"]) as $p (__format($f); split($p[0]) | join($p[1])) else __format($f) end;',
  // It prints strings as JSON too.
  'def __stderr: stderr;',
  'def stderr: . as $x | ($x | tojson | __stderr) | $x;',
]

export const PRELUDE = `${DEFINITIONS.join(' ')} `
