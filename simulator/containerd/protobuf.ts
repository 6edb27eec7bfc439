/** Messages of protocol buffers as gogo/protobuf reads them (protobuf.dev, "Encoding"), with its complaints. */
import { GrpcError } from './grpc'

export type WireType = 'varint' | 'fixed64' | 'bytes' | 'fixed32'
const WIRE_TYPES: Readonly<Record<number, WireType>> = { 0: 'varint', 1: 'fixed64', 2: 'bytes', 5: 'fixed32' }
const FIXED: Readonly<Record<'fixed64' | 'fixed32', number>> = { fixed64: 8, fixed32: 4 }
const SEVEN_BITS = 0x80

export interface WireField {
  readonly number: number
  readonly wire: WireType
  /** Of a varint; 0 for the others. */
  readonly value: number
  /** Of what has a length; empty for the others. */
  readonly bytes: Uint8Array
}

/** The fields of the message `name`, in the order in which they come. */
export function wireFields(message: Uint8Array, name: string): WireField[] {
  const fields: WireField[] = []
  let at = 0
  const take = (count: number): Uint8Array => {
    if (at + count > message.length) throw new GrpcError('Unknown', 'unexpected EOF')
    at += count
    return message.subarray(at - count, at)
  }
  const varint = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= SEVEN_BITS) {
      const [byte = 0] = take(1)
      value += (byte % SEVEN_BITS) * scale
      if (byte < SEVEN_BITS) return value
    }
  }
  while (at < message.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    if (number === 0) throw new GrpcError('Unknown', `proto: ${name}: illegal tag 0 (wire type ${tag % 8})`)
    const wire = WIRE_TYPES[tag % 8]
    if (wire === undefined) throw new GrpcError('Unknown', `proto: illegal wireType ${tag % 8}`)
    if (wire === 'varint') fields.push({ number, wire, value: varint(), bytes: new Uint8Array() })
    else fields.push({ number, wire, value: 0, bytes: take(wire === 'bytes' ? varint() : FIXED[wire]) })
  }
  return fields
}
