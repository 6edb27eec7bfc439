/**
 * Executable files. A program of the simulator lies on disk as an ELF file (elf(5)) that carries a note with the
 * program's id, and after an `@` perhaps the release that it is; the rest is filler up to the size that the real file has. exec(2) reads the note, so a copy, a link or an
 * image layer of the file runs the same program.
 */
import { encode } from './bytes'

const MAGIC = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0]
const NOTE = 'PAUSELAB\0'
const NOTE_OFFSET = 64
const SMALLEST = 256

/** The bytes of an executable of `size` bytes that runs program `id`. */
export const elfFile = (id: string, size = 14_472): Uint8Array => elfPart(id, Math.max(size, SMALLEST), 0, Math.max(size, SMALLEST))

/** Some of these bytes: exec(2) reads only the first, and a real program may have 50 MB. */
export function elfPart(id: string, size: number, offset: number, count: number): Uint8Array {
  const end = Math.min(size, offset + count)
  if (end <= offset) return new Uint8Array(0)
  if (end <= SMALLEST) return headOf(id).subarray(offset, end)
  let seed = 2166136261
  for (let i = 0; i < id.length; i++) seed = Math.imul(seed ^ id.charCodeAt(i), 16777619)
  const first = offset >>> 2
  const words = new Uint32Array(((end + 3) >>> 2) - first)
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(seed ^ (first + i), 2654435761)
  const out = new Uint8Array(words.buffer, offset & 3, end - offset)
  if (offset < SMALLEST) out.set(headOf(id).subarray(offset, SMALLEST))
  return out
}

const HEADS = new Map<string, Uint8Array>()

/** The first bytes, which name the program: every exec(2) reads them. */
function headOf(id: string): Uint8Array {
  let head = HEADS.get(id)
  if (!head) {
    head = new Uint8Array(SMALLEST)
    head.set(MAGIC)
    head.set(encode(`${NOTE}${id}\0`), NOTE_OFFSET)
    HEADS.set(id, head)
  }
  return head
}

/** An executable as contents of a file, made when and as far as it is read. */
export const elfContents = (id: string, size = 14_472) => ({
  size: Math.max(size, SMALLEST),
  make: () => elfFile(id, size),
  part: (offset: number, count: number) => elfPart(id, Math.max(size, SMALLEST), offset, count),
})

/** The program id in the first bytes of a file; undefined when it is no ELF file, '' when it is one that names none. */
export function elfProgram(head: Uint8Array): string | undefined {
  if (head.length < 4 || head[0] !== 0x7f || head[1] !== 0x45 || head[2] !== 0x4c || head[3] !== 0x46) return undefined
  for (let i = 0; i < NOTE.length; i++) if (head[NOTE_OFFSET + i] !== NOTE.charCodeAt(i)) return ''
  let id = ''
  for (let i = NOTE_OFFSET + NOTE.length; i < SMALLEST && head[i]; i++) id += String.fromCharCode(head[i] as number)
  return id
}
