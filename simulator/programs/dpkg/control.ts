/** Control data of Debian packages (deb-control(5)): paragraphs of `Field: value`, further lines begin with a blank. */
export type Paragraph = ReadonlyMap<string, string>

export function parseParagraphs(text: string): Map<string, string>[] {
  return text.split(/\n{2,}/).flatMap((block) => {
    const fields = new Map<string, string>()
    let last = ''
    for (const line of block.split('\n')) {
      const cut = line.indexOf(':')
      if (/^\s/.test(line) && last !== '') fields.set(last, `${fields.get(last) ?? ''}\n${line}`)
      else if (cut > 0) {
        last = line.slice(0, cut)
        fields.set(last, line.slice(cut + 1).trim())
      }
    }
    return fields.size > 0 ? [fields] : []
  })
}

export const formatParagraph = (fields: Paragraph): string => [...fields].map(([name, value]) => `${name}: ${value}\n`).join('')

/** The first alternative of each dependency, without versions: `libc6 (>= 2.34), a | b` gives libc6 and a. */
export const dependenciesOf = (fields: Paragraph): string[] =>
  [fields.get('Pre-Depends'), fields.get('Depends')].filter(Boolean).join(',').split(',')
    .map((word) => word.split('|')[0]?.trim().split(/[ (:]/)[0] ?? '').filter((name) => name !== '')
