/**
 * Executable files. A program of the simulator lies on disk as an ELF file (elf(5)) that carries a note with the
 * program's id; the rest is filler up to the size that the real file has. exec(2) reads the note, so a copy, a link or an
 * image layer of the file runs the same program.
 */
import { encode } from './bytes'

const MAGIC = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0]
const NOTE = 'PAUSELAB\0'
const NOTE_OFFSET = 64
const SMALLEST = 256

/** The bytes of an executable of `size` bytes that runs program `id`. */
export function elfFile(id: string, size = 14_472): Uint8Array {
  const out = new Uint8Array(Math.max(size, SMALLEST))
  out.set(MAGIC)
  out.set(encode(`${NOTE}${id}\0`), NOTE_OFFSET)
  let x = 2166136261
  for (let i = 0; i < id.length; i++) x = Math.imul(x ^ id.charCodeAt(i), 16777619)
  for (let i = SMALLEST; i < out.length; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) | 0
    out[i] = x >>> 24
  }
  return out
}

/** The program id in the first bytes of a file; undefined when it is no ELF file, '' when it is one that names none. */
export function elfProgram(head: Uint8Array): string | undefined {
  if (head.length < 4 || head[0] !== 0x7f || head[1] !== 0x45 || head[2] !== 0x4c || head[3] !== 0x46) return undefined
  for (let i = 0; i < NOTE.length; i++) if (head[NOTE_OFFSET + i] !== NOTE.charCodeAt(i)) return ''
  let id = ''
  for (let i = NOTE_OFFSET + NOTE.length; i < SMALLEST && head[i]; i++) id += String.fromCharCode(head[i] as number)
  return id
}
