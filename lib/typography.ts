/** What is typed on a keyboard, as it is set: apostrophes. Code is left as it is. */
import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'

export const set = (text: string): string => text.replace(/(?<=[\p{L}\d])'|^'(?=s\b)/gu, '’')

export function setTree(tree: Root): void {
  visit(tree, 'text', (node) => {
    node.value = set(node.value)
  })
}
