/** Words as readline's M-f, M-b see them, and as history's `!$` does. */
import type { Line } from './line'

const ALPHABETIC = /^[\p{L}\p{N}]$/u
export const isWordCharacter = (character: string): boolean => ALPHABETIC.test(character)

export function forwardWord(line: Line, from: number): number {
  let at = from
  while (at < line.end && !isWordCharacter(line.characterAt(at))) at = line.next(at)
  while (at < line.end && isWordCharacter(line.characterAt(at))) at = line.next(at)
  return at
}

export function backwardWord(line: Line, from: number): number {
  let at = from
  while (at > 0 && !isWordCharacter(line.characterAt(line.previous(at)))) at = line.previous(at)
  while (at > 0 && isWordCharacter(line.characterAt(line.previous(at)))) at = line.previous(at)
  return at
}

const TOKEN = /(?:\\[\s\S]|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?|`[^`]*`?|\$\((?:[^()]|\([^()]*\))*\)|[^\s;&|()<>'"`\\]|\$(?=['"]))+|&&|\|\||;;|<<-?|>>|[<>]&|&>|[;&|()<>]/g

/** A command line's words, as history's word designators count them. */
export const historyWords = (text: string): string[] => text.match(TOKEN) ?? []
