/** Digests that are known beforehand are those that hashing gives. */
import { expect, test } from 'vitest'
import { digestOf } from '../digest'
import { knowLayers, layerDigests, published } from './index'

test('what a page is told of layers is what they hash to', () => {
  const digests = layerDigests()
  expect(digests.length).toBeGreaterThan(10)
  knowLayers(digests)
  const image = published('docker.io/webratio/nodejs-http-server:latest')
  expect(image?.layers.length).toBe(3)
  for (const [i, bytes] of (image?.layers ?? []).entries()) {
    expect(image?.manifest.layers[i]?.digest).toBe(digestOf(bytes))
    // A copy is hashed anew.
    expect(digestOf(bytes)).toBe(digestOf(bytes.slice()))
  }
})
