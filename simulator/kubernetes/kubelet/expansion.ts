/** Variables in the words of a command and in other variables (third_party/forked/golang/expansion). */

/** `$(NAME)`; what nobody knows stays, and `$$` is a dollar. */
export const expanded = (text: string, find: (name: string) => string | undefined): string =>
  text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => (name === undefined ? '$' : (find(name) ?? whole)))
