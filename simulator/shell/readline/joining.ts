/** The lines of one command as a single line of history (shopt cmdhist): joined by `; `, by a blank or by their newline. */
import { skipDouble, skipSingle, skipTick } from '../lexing/skip'

/** After these no semicolon can stand. */
const OPEN_END = /(?:^|[\s;&|(){}])(?:if|then|elif|else|do|while|until|!|\{)$|(?:^|\s)in$|[;&|({]$|(?:^|\s)(?:case|for|select|function)\s+\S+$|\(\)$|(?:;;|;&|;;&)$/

export function joinLines(lines: readonly string[]): string {
  let text = lines[0] ?? ''
  const ends: string[] = hereEnds(text)
  for (const line of lines.slice(1)) {
    if (ends.length > 0) {
      text += `\n${line}`
      if (line === ends[0]) ends.shift()
      if (ends.length === 0) text += '\n'
      continue
    }
    text += separator(text) + line
    ends.push(...hereEnds(line))
  }
  return text
}

function separator(text: string): string {
  if (isOpen(text)) return '\n'
  if (text.endsWith('\n')) return ''
  if (text.endsWith('\\')) return '\n'
  const last = text.slice(text.lastIndexOf('\n') + 1)
  if (/(?:^|\s)#/.test(last)) return '\n'
  const trimmed = text.trimEnd()
  if (trimmed === '' || OPEN_END.test(trimmed) || inPattern(trimmed)) return ' '
  return '; '
}

/** A `case` pattern's parenthesis is the last thing. */
const inPattern = (text: string): boolean => /\bcase\b[\s\S]*\bin\b/.test(text) && text.endsWith(')') && !/\(\s*[^()]*\)$/.test(text)

/** A quote is open at the end. */
function isOpen(text: string): boolean {
  for (let i = 0; i < text.length; ) {
    const c = text[i]
    if (c === '\\') i += 2
    else if (c === "'" || c === '"' || c === '`') {
      i = c === "'" ? skipSingle(text, i + 1) : c === '"' ? skipDouble(text, i + 1) : skipTick(text, i + 1)
      if (i < 0) return true
    } else if (c === '#' && (i === 0 || /\s/.test(text[i - 1] as string))) {
      const end = text.indexOf('\n', i)
      if (end < 0) return false
      i = end
    } else i++
  }
  return false
}

/** The words that end the here documents which a line begins. */
const hereEnds = (line: string): string[] => [...line.matchAll(/(?<!<)<<-?\s*(?!<)(['"]?)([^\s'"<>;&|()]+)\1/g)].map((found) => (found[2] ?? '').replace(/\\/g, ''))
