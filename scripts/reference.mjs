#!/usr/bin/env node
// Gathers the reference of commands for the pages (lib/reference/gather.ts) into .generated/.
import { bundle, root } from './bundle.mjs'

process.env.PAUSE_LAB_ROOT = root
process.chdir(root)
await import(await bundle('reference', 'lib/reference/gather.ts', ['simulator', 'lib', 'content/nodes']))
