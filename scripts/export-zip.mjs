#!/usr/bin/env node
// npm run export:zip: the built site as one file, pause-lab.zip. Unpacked anywhere (a USB stick), it runs from any static server; one is in it.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const FILE = 'pause-lab.zip'
const HOW = `Pause Lab, to run from this folder.

A browser does not run it from file:// (it needs a worker), so any static server will do, for example one of

    node serve.mjs            (it prints the address)
    python3 -m http.server -d site 3000
    busybox httpd -f -p 3000 -h site

and then open http://localhost:3000/. Nothing else is needed, and no network.
`

/** The entries of a ZIP archive (PKWARE's APPNOTE, 4.3): a local header and the data of each, then the directory. */
function zip(entries) {
  const parts = []
  const directory = []
  let offset = 0
  for (const { name, bytes } of entries) {
    const packed = zlib.deflateRawSync(bytes, { level: 9 })
    const deflated = packed.length < bytes.length
    const data = deflated ? packed : bytes
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(deflated ? 8 : 0, 4)
    // The first of January 1980: the same content gives the same archive.
    common.writeUInt16LE(0, 6)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(zlib.crc32 ? zlib.crc32(bytes) : crc32(bytes), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, data])
    const central = Buffer.alloc(46)
    central.write('PK\x01\x02', 'latin1')
    central.writeUInt16LE(20, 4)
    common.copy(central, 6)
    central.writeUInt32LE(offset, 42)
    directory.push(Buffer.concat([central, title]))
    parts.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}

/** Node before 22.2 has none. */
function crc32(bytes) {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

if (!process.argv.includes('--built')) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit', env: { ...process.env, BASE_PATH: '' } })
  if (status !== 0) process.exit(status ?? 1)
}
const site = fs
  .readdirSync('out', { recursive: true })
  .filter((name) => fs.statSync(path.join('out', name)).isFile() && !/\.map$/.test(name))
  .sort()
  .map((name) => ({ name: `pause-lab/site/${name.split(path.sep).join('/')}`, bytes: fs.readFileSync(path.join('out', name)) }))
const server = fs.readFileSync('scripts/serve.mjs', 'utf8').replace("root = 'out'", "root = 'site'")
const archive = zip([{ name: 'pause-lab/READ-ME.txt', bytes: Buffer.from(HOW) }, { name: 'pause-lab/serve.mjs', bytes: Buffer.from(server) }, ...site])
fs.writeFileSync(FILE, archive)
console.log(`${FILE}: ${site.length} files, ${(archive.length / 1e6).toFixed(1)} MB; READ-ME.txt in it says how`)
