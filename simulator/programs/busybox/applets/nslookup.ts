/** busybox nslookup (networking/nslookup.c, FEATURE_NSLOOKUP_BIG): asks the name servers, never /etc/hosts. */
import type { Run } from '../../../kernel/run'
import { A, AAAA, query, resolverConfig } from '../../libc/getaddrinfo'
import type { Io } from '../../program'

const CODES: { readonly [code: number]: string } = { 1: 'FORMERR', 2: 'SERVFAIL', 3: 'NXDOMAIN', 4: 'NOTIMP', 5: 'REFUSED' }

export default function* nslookup(io: Io): Run<number> {
  const words = io.args.filter((word) => !word.startsWith('-'))
  const [name, server] = words
  if (name === undefined || io.args.length !== words.length) {
    io.err('nslookup: not simulated in this lab\n')
    return 125
  }
  const own = yield* resolverConfig(io.sys)
  const config = server === undefined ? own : { ...own, servers: [server] }
  let answered = 0
  let failed = 0
  for (const type of [A, AAAA]) {
    const answer = yield* query(io.sys, config, name, type)
    if (answer === undefined) continue
    if (answered++ === 0) io.out(`Server:\t\t${answer.server}\nAddress:\t${answer.server}:53\n\n`)
    if (answer.code !== 0) {
      failed++
      io.out(`** server can't find ${name}: ${CODES[answer.code] ?? 'SERVFAIL'}\n\n`)
      continue
    }
    if (answer.addresses.length > 0) {
      io.out('Non-authoritative answer:\n')
      for (const record of answer.records) io.out(record.type === 5 ? `${record.name}\tcanonical name = ${record.text}\n` : `Name:\t${record.name}\nAddress: ${record.text}\n`)
      io.out('\n')
    }
  }
  if (answered === 0) {
    io.out(';; connection timed out; no servers could be reached\n\n')
    return 1
  }
  return failed > 0 ? 1 : 0
}
