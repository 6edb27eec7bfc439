#!/usr/bin/env node
// npm run lesson:check [SLUG…]: replays every example, task and question of the lessons; names file and line of what is wrong.
import { bundle, root } from './bundle.mjs'

process.env.PAUSE_LAB_ROOT = root
process.chdir(root)
await import(await bundle('lesson-check', 'lib/lessons/check-cli.ts', ['simulator', 'lib', 'content/nodes']))
