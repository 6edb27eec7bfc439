#!/usr/bin/env node
// Runs simulator/cli. Nothing but the program's output goes to stdout.
import { bundle, root } from './bundle.mjs'

process.env.PAUSE_LAB_ROOT = root
await import(await bundle('lab', 'simulator/cli/main.ts', ['simulator']))
