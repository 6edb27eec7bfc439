/** The messages of the jq that runs (1.7.1 and later) in the words of 1.6 (util.c, main.c, jv_parse.c, parser.y of both). */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^jq: (ignoring )?parse error:/gm, '$1parse error:'],
  [/unexpected end of file/g, 'unexpected $end'],
  [/expecting end of file/g, 'expecting $end'],
  [/https:\/\/jqlang\.github\.io\/jq/g, 'https://stedolan.github.io/jq'],
  // 1.6 opens a directory and then reads nothing from it.
  [/^jq: error: Could not open file .*: Is a directory\n/gm, ''],
]

export function reword(text: string, input: string): string {
  const words = WORDS.reduce((said, [from, to]) => said.replace(from, to), text)
  return words.replace(/^parse error: Invalid numeric literal at line (\d+), column (\d+)$/gm, (said, line, column) =>
    isWord(input, Number(line), Number(column)) ? said.replace('numeric literal', 'literal') : said)
}

/** 1.6 takes what begins as null, true or false begin for a misspelt one of them, not for a number. */
function isWord(input: string, line: number, column: number): boolean {
  let at = 0
  for (let i = 1; i < line; i++) at = input.indexOf('\n', at) + 1
  const token = /[^\s[\]{}:,"]+$/.exec(input.slice(0, at + column).replace(/[\s[\]{}:,"]$/, ''))?.[0]
  return token !== undefined && /^[ntf]/.test(token)
}

/** True when reading the input ended in an error: 1.6 then ends with status 4, later ones with 2 or 5. */
export const isParseError = (text: string): boolean => /^parse error: /m.test(text)
