/** Archives that are none, and what is left of them in the store. Words: containerd 1.6.20 of Debian 12, asked on a machine with the same archives. */
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../../../testing/scenario'
import type { Session } from '../../../../machine/session'


/** A node with an image's archive laid out in /tmp/a, as OCI has it and as Docker has it. */
async function unpacked(): Promise<Session> {
  const node = sessionOn(machineOf('notes'), 'node01')
  await node.run({ cmd: 'I=docker.io/library/busybox:1.36; ctr -n e i pull $I >/dev/null; ctr -n e i export /tmp/a.tar $I; mkdir /tmp/a; cd /tmp/a; tar xf /tmp/a.tar; M=$(sed "s/.*manifests[^}]*sha256:\\([0-9a-f]*\\).*/\\1/" index.json)' })
  return node
}

test.each([
  ['echo "{" > manifest.json', 'ctr: untar manifest "manifest.json": unexpected EOF\n'],
  ['echo "{}" > manifest.json', 'ctr: untar manifest "manifest.json": json: cannot unmarshal object into Go value of type []struct { Config string; RepoTags []string; Layers []string }\n'],
  [`echo '[{"Config":5}]' > manifest.json`, 'ctr: untar manifest "manifest.json": json: cannot unmarshal number into Go struct field .Config of type string\n'],
  [': > manifest.json', 'ctr: untar manifest "manifest.json": EOF\n'],
  ['rm oci-layout manifest.json', 'ctr: unrecognized image format\n'],
  ['rm oci-layout; echo "[]" > manifest.json', 'ctr: image might be filtered out\n'],
  ['rm oci-layout; echo "[{}]" > manifest.json', 'ctr: image config "" not found\n'],
  [`rm oci-layout; sed -i 's/"Layers":."[^"]*"/"Layers":["nope"/' manifest.json`, 'ctr: failed to resolve layers: layer "nope" not found\n'],
  [`rm oci-layout; sed -i 's/"busybox:1.36"/"Bad Name"/' manifest.json`, 'ctr: normalize image ref "Bad Name": invalid reference format: repository name must be lowercase\n'],
  [`echo '{"imageLayoutVersion":"2.0.0"}' > oci-layout`, 'ctr: unsupported OCI version 2.0.0\n'],
  ['rm index.json', 'ctr: missing index.json in OCI layout 1.0.0\n'],
  ['echo "{" > index.json', 'ctr: unexpected end of JSON input\n'],
  ['echo "{}" > index.json', 'ctr: image might be filtered out\n'],
  [`sed -i 's/"digest":"sha256:/"digest":"md5:/' index.json`, 'ctr: "md5:$M" failed validation: invalid argument\n'],
  ['rm blobs/sha256/$M', 'ctr: content digest sha256:$M: not found\n'],
])('%s', async (spoil, why) => {
  const node = await unpacked()
  const digest = (await node.run({ cmd: 'echo $M' })).stdout.trim()
  const { stderr, code } = await node.run({ cmd: `${spoil}; tar cf /tmp/b.tar *; ctr -n f i import /tmp/b.tar` })
  expect(stderr).toBe(why.replace('$M', digest))
  expect(code).toBe(1)
  expect((await node.run({ cmd: 'ctr -n f i ls -q; ctr -n f leases ls -q; sleep 1; ctr -n f content ls -q' })).stdout).toBe('')
})

test.each([
  ['echo junk', 'ctr: unexpected EOF\n'],
  [':', 'ctr: unrecognized image format\n'],
  ['gzip -c /tmp/a.tar', 'ctr: archive/tar: invalid tar header\n'],
])('%s is no archive', async (make, why) => {
  const node = await unpacked()
  expect((await node.run({ cmd: `${make} > /tmp/b.tar; ctr -n f i import /tmp/b.tar` })).stderr).toBe(why)
})

test('an image of another platform is left out, unless it is asked for', async () => {
  const node = await unpacked()
  const set = `C=$(sed 's/.*"Config":"\\([^"]*\\)".*/\\1/' manifest.json); rm oci-layout; sed -i 's/amd64/arm64/' $C; tar cf /tmp/b.tar *`
  expect((await node.run({ cmd: `${set}; ctr -n f i import --no-unpack /tmp/b.tar; ctr -n f i import --no-unpack --platform linux/arm64 /tmp/b.tar; ctr -n f i ls | awk '{print $1,$6}'` }))).toMatchObject({
    stdout: 'REF LABELS\ndocker.io/library/busybox:1.36 linux/arm64\n', stderr: 'ctr: image might be filtered out\n',
  })
})
