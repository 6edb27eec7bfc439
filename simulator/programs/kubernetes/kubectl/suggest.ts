/** Commands that an unknown word may have meant (spf13/cobra command.go SuggestionsFor, ld). */
const FARTHEST = 2

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

export const suggestions = (word: string, commands: readonly string[]): string[] =>
  commands.filter((name) => distance(word.toLowerCase(), name) <= FARTHEST || name.startsWith(word.toLowerCase()))
