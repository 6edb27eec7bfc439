/** Digests that are known beforehand are those that hashing gives. */
import { expect, test } from 'vitest'
import { digestOf } from '../digest'
import { knowDigests, blobDigests, published } from './index'

test('what a page is told of blobs is what they hash to', () => {
  const digests = blobDigests()
  expect(digests.length).toBeGreaterThan(10)
  knowDigests(digests)
  const image = published('docker.io/webratio/nodejs-http-server:latest')
  expect(image?.layers.length).toBe(3)
  for (const [i, bytes] of (image?.layers ?? []).entries()) {
    expect(image?.manifest.layers[i]?.digest).toBe(digestOf(bytes))
  }
  for (const bytes of image ? [...image.layers, image.configBytes, image.manifestBytes] : []) {
    expect(digests).toContain(digestOf(bytes))
    // A copy is hashed anew.
    expect(digestOf(bytes)).toBe(digestOf(bytes.slice()))
  }
})
