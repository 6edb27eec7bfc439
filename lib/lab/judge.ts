/** Whether an answer is right. */
import type { Question } from '../lessons/model'

const tidy = (text: string): string => text.trim().replace(/^["']|["']$/g, '').replace(/\s+/g, ' ')

/** A typed answer against the expected one; numbers by value, text without regard to surrounding blanks and quotes. */
export function answerMatches(kind: 'number' | 'text' | 'value', given: string, expected: string): boolean {
  if (kind === 'number') return given.trim() !== '' && Number(given) === Number(expected)
  return tidy(given).toLowerCase() === tidy(expected).toLowerCase()
}

/** Chosen options of a choice question. */
export function choiceIsRight(question: Extract<Question, { kind: 'one' | 'many' }>, chosen: readonly number[]): boolean {
  return question.options.every((option, i) => option.right === chosen.includes(i))
}
