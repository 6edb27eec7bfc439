/** uid_map and gid_map of user_namespaces(7): three columns, ten wide. */
export const idMap = (map: readonly (readonly [number, number, number])[]): string =>
  map.map((row) => `${row.map((n) => String(n).padStart(10)).join(' ')}\n`).join('')
