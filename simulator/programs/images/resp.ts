/** RESP2, the protocol of redis (redis.io/docs/reference/protocol-spec): requests as arrays or as a line of words, and replies. */

export type Reply =
  | { readonly type: 'status' | 'error' | 'text'; readonly text: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'nothing' }
  | { readonly type: 'list'; readonly items: readonly Reply[] }

export const ok: Reply = { type: 'status', text: 'OK' }

export function encodeReply(reply: Reply): string {
  switch (reply.type) {
    case 'status': return `+${reply.text}\r\n`
    case 'error': return `-${reply.text}\r\n`
    case 'text': return `$${reply.text.length}\r\n${reply.text}\r\n`
    case 'number': return `:${reply.value}\r\n`
    case 'nothing': return '$-1\r\n'
    case 'list': return `*${reply.items.length}\r\n${reply.items.map(encodeReply).join('')}`
  }
}

export const encodeRequest = (words: readonly string[]): string => encodeReply({ type: 'list', items: words.map((text) => ({ type: 'text', text })) })

/** The first reply of a text and what follows it; undefined while it is not whole. Texts are bytes as letters. */
export function readReply(text: string): { readonly reply: Reply; readonly rest: string } | undefined {
  const end = text.indexOf('\r\n')
  if (end < 0) return undefined
  const head = text.slice(1, end)
  const rest = text.slice(end + 2)
  switch (text.charAt(0)) {
    case '+': return { reply: { type: 'status', text: head }, rest }
    case '-': return { reply: { type: 'error', text: head }, rest }
    case ':': return { reply: { type: 'number', value: Number(head) }, rest }
    case '$': {
      const length = Number(head)
      if (length < 0) return { reply: { type: 'nothing' }, rest }
      return rest.length < length + 2 ? undefined : { reply: { type: 'text', text: rest.slice(0, length) }, rest: rest.slice(length + 2) }
    }
    case '*': {
      const items: Reply[] = []
      let left = rest
      for (let i = Number(head); i > 0; i--) {
        const next = readReply(left)
        if (!next) return undefined
        items.push(next.reply)
        left = next.rest
      }
      return { reply: { type: 'list', items }, rest: left }
    }
    default: return { reply: { type: 'error', text: `Protocol error, got "${text.charAt(0)}" as reply type byte` }, rest }
  }
}

/** The first request; a line that is no array is words between blanks. */
export function readRequest(text: string): { readonly words: readonly string[]; readonly rest: string } | undefined {
  if (text.startsWith('*')) {
    const read = readReply(text)
    return read?.reply.type === 'list' ? { words: read.reply.items.flatMap((item) => (item.type === 'text' ? [item.text] : [])), rest: read.rest } : undefined
  }
  const end = text.indexOf('\n')
  return end < 0 ? undefined : { words: text.slice(0, end).trim().split(/\s+/).filter(Boolean), rest: text.slice(end + 1) }
}
