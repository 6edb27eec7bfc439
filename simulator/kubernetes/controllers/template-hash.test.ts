/** Hashes that a cluster of 1.20.2 gave (golden deployment). */
import { expect, test } from 'vitest'
import { templateDefaults } from '../api/defaults'
import { templateHash } from './template-hash'

const template = (image: string) => templateDefaults({ metadata: { labels: { app: 'nginx' } }, spec: { containers: [{ name: 'nginx', image, ports: [{ containerPort: 80 }] }] } })

test.each([['nginx:1.24', '7894649c46'], ['nginx:1.25', '6c8d57ccb5']])('%s', (image, hash) => {
  expect(templateHash(template(image))).toBe(hash)
})
