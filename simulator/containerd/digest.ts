/** Digests and ids (opencontainers/go-digest; containerd pkg/cri/util/id.go). */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { encode } from '../kernel/bytes'
import type { Sys } from '../kernel/sys'
import { standsFor } from './standin'

export const hexDigest = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))

const KNOWN = new WeakMap<Uint8Array, string>()

/** For bytes whose digest is known from elsewhere. */
export const knowDigest = (bytes: Uint8Array, digest: string): void => void KNOWN.set(bytes, digest)

/** A blob's digest. Blobs never change, so each is hashed once. */
export function digestOf(bytes: Uint8Array): string {
  const digest = KNOWN.get(bytes) ?? standsFor(bytes) ?? `sha256:${hexDigest(bytes)}`
  KNOWN.set(bytes, digest)
  return digest
}
export const digestOfText = (text: string): string => digestOf(encode(text))

/** The hex part of `sha256:…`. */
export const encoded = (digest: string): string => digest.slice(digest.indexOf(':') + 1)

/** So many random hex digits. */
export function randomHex(sys: Sys, digits: number): string {
  let text = ''
  while (text.length < digits) text += (sys.random() >>> 0).toString(16).padStart(8, '0')
  return text.slice(0, digits)
}

/** A version 4 UUID. */
export function randomUuid(sys: Sys): string {
  const hex = randomHex(sys, 32)
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
