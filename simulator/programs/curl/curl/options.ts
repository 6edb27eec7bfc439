/** The command line of curl(1): one table of options, from which short, long and `--no-` forms are read. */
import type { Family } from '../../../kernel/net/address'
import type { Io } from '../../program'

export interface Options {
  readonly urls: string[]
  /** By position: a file, `''` for the URL's own name (-O); undefined: standard output. */
  readonly outputs: (string | undefined)[]
  readonly headers: string[]
  silent: boolean
  showError: boolean
  include: boolean
  head: boolean
  verbose: boolean
  follow: boolean
  fail: boolean
  failEarly: boolean
  http10: boolean
  /** Names of headers are bold on a terminal. */
  styled: boolean
  method: string | undefined
  body: string | undefined
  agent: string | undefined
  user: string | undefined
  writeOut: string | undefined
  maxTime: number | undefined
  connectTimeout: number | undefined
  family: Family | undefined
}

type Act = (options: Options, value: string) => void
interface Spec {
  readonly short?: string
  readonly long: string
  readonly value?: true
  /** Undefined: accepted, without effect on a plain http transfer. Null: not in the lab. */
  readonly act?: Act | null
}

const SPECS: readonly Spec[] = [
  { short: 's', long: 'silent', act: (o) => { o.silent = true } },
  { short: 'S', long: 'show-error', act: (o) => { o.showError = true } },
  { short: 'i', long: 'include', act: (o) => { o.include = true } },
  { short: 'I', long: 'head', act: (o) => { o.head = true } },
  { short: 'v', long: 'verbose', act: (o) => { o.verbose = true } },
  { short: 'L', long: 'location', act: (o) => { o.follow = true } },
  { short: 'f', long: 'fail', act: (o) => { o.fail = true } },
  { long: 'fail-early', act: (o) => { o.failEarly = true } },
  { short: '0', long: 'http1.0', act: (o) => { o.http10 = true } },
  { short: '4', long: 'ipv4', act: (o) => { o.family = 'inet' } },
  { short: '6', long: 'ipv6', act: (o) => { o.family = 'inet6' } },
  { short: 'k', long: 'insecure' },
  { short: 'N', long: 'no-buffer' },
  { long: 'styled-output' },
  { long: 'no-styled-output', act: (o) => { o.styled = false } },
  { short: 'g', long: 'globoff' },
  { short: 'q', long: 'disable' },
  { long: 'http1.1' },
  { long: 'compressed' },
  { long: 'noproxy', value: true },
  { long: 'retry', value: true },
  { short: 'o', long: 'output', value: true, act: (o, v) => { o.outputs.push(v) } },
  { short: 'O', long: 'remote-name', act: (o) => { o.outputs.push('') } },
  { short: 'X', long: 'request', value: true, act: (o, v) => { o.method = v } },
  { short: 'd', long: 'data', value: true, act: (o, v) => { o.body = o.body === undefined ? v : `${o.body}&${v}` } },
  { long: 'data-raw', value: true, act: (o, v) => { o.body = o.body === undefined ? v : `${o.body}&${v}` } },
  { short: 'H', long: 'header', value: true, act: (o, v) => { o.headers.push(v) } },
  { short: 'A', long: 'user-agent', value: true, act: (o, v) => { o.agent = v } },
  { short: 'e', long: 'referer', value: true, act: (o, v) => { o.headers.push(`Referer: ${v}`) } },
  { short: 'w', long: 'write-out', value: true, act: (o, v) => { o.writeOut = v } },
  { short: 'm', long: 'max-time', value: true, act: (o, v) => { o.maxTime = number(v) } },
  { long: 'connect-timeout', value: true, act: (o, v) => { o.connectTimeout = number(v) } },
  { long: 'url', value: true, act: (o, v) => { o.urls.push(v) } },
  { short: 'u', long: 'user', value: true, act: null },
  { short: 'x', long: 'proxy', value: true, act: null },
  { short: 'T', long: 'upload-file', value: true, act: null },
  { short: 'F', long: 'form', value: true, act: null },
  { short: 'b', long: 'cookie', value: true, act: null },
  { short: 'c', long: 'cookie-jar', value: true, act: null },
  { short: 'K', long: 'config', value: true, act: null },
  { long: 'unix-socket', value: true, act: null },
  { long: 'resolve', value: true, act: null },
  { long: 'interface', value: true, act: null },
  { long: 'cacert', value: true, act: null },
  { short: 'E', long: 'cert', value: true, act: null },
  { long: 'key', value: true, act: null },
]

class BadNumber {}

function number(text: string): number {
  if (!/^\d*\.?\d+$/.test(text)) throw new BadNumber()
  return Number(text)
}

const VERSION = `curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 libidn2/2.3.3 libpsl/0.21.2 (+libidn2/2.3.3) libssh2/1.10.0 nghttp2/1.52.0 librtmp/2.3 OpenLDAP/2.5.13
Release-Date: 2023-02-20, security patched: 7.88.1-10+deb12u14
Protocols: dict file ftp ftps gopher gophers http https imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp
Features: alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM NTLM_WB PSL SPNEGO SSL threadsafe TLS-SRP UnixSockets zstd
`

const HINT = "curl: try 'curl --help' or 'curl --manual' for more information\n"

export function readOptions(io: Io): Options {
  const options: Options = {
    urls: [], outputs: [], headers: [], silent: false, showError: false, include: false, head: false, verbose: false, follow: false, fail: false, failEarly: false, http10: false, styled: true,
    method: undefined, body: undefined, agent: undefined, user: undefined, writeOut: undefined, maxTime: undefined, connectTimeout: undefined, family: undefined,
  }
  const { args } = io
  const refuse = (text: string): never => {
    io.err(`curl: ${text}\n${HINT}`)
    return io.exit(2)
  }
  const apply = (spec: Spec, given: string, value: string): void => {
    if (spec.act === null) {
      io.err('curl: not simulated in this lab\n')
      io.exit(125)
    }
    try {
      spec.act?.(options, value)
    } catch (error) {
      if (error instanceof BadNumber) refuse(`option ${given}: expected a proper numerical parameter`)
      throw error
    }
  }
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '--version' || word === '-V') {
      io.out(VERSION)
      return io.exit(0)
    }
    if (word.startsWith('--') && word.length > 2) {
      const spec = SPECS.find((each) => each.long === word.slice(2))
      if (!spec) return refuse(`option ${word}: is unknown`)
      if (spec.value && at + 1 >= args.length) return refuse(`option ${word}: requires parameter`)
      apply(spec, word, spec.value ? (args[++at] ?? '') : '')
    } else if (word.startsWith('-') && word.length > 1 && word !== '--') {
      for (let i = 1; i < word.length; i++) {
        const spec = SPECS.find((each) => each.short === word[i])
        if (!spec) return refuse(`option ${word}: is unknown`)
        if (!spec.value) {
          apply(spec, word, '')
          continue
        }
        const glued = word.slice(i + 1)
        if (glued === '' && at + 1 >= args.length) return refuse(`option ${word}: requires parameter`)
        apply(spec, word, glued === '' ? (args[++at] ?? '') : glued)
        break
      }
    } else if (word !== '--') options.urls.push(word)
  }
  if (options.urls.length === 0) {
    io.err(HINT)
    return io.exit(2)
  }
  return options
}
