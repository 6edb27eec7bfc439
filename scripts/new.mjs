#!/usr/bin/env node
// npm run new -- command PACKAGE NAME | proc pid|root NAME | lesson SLUG | scenario NAME
// Makes a unit that passes the checks as it stands, and says what to do next. Never overwrites.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const USAGE = `usage: npm run new -- command PACKAGE NAME     a program, in the folder of the Debian package that ships it
       npm run new -- proc pid|root NAME        a file of /proc
       npm run new -- lesson SLUG               a lesson, after the last one
       npm run new -- scenario NAME             a scenario: one node, no pods
`

/** The files of a unit by path, and what to do next. `root`: the project's folder. */
export function unit(kind, words, root) {
  switch (kind) {
    case 'command': {
      const [pkg, name] = need(words, 2)
      return {
        files: { [`simulator/programs/${pkg}/${name}/index.ts`]: COMMAND.replaceAll('NAME', name) },
        next: `Run the real ${name}, read its manual, and write what it does. \`npm run -s lab -- exec --json\` runs yours.`,
      }
    }
    case 'proc': {
      const [where, name] = need(words, 2)
      if (where !== 'pid' && where !== 'root') throw new Error(`a /proc file lies in pid (for each process) or root, not in ${where}`)
      return {
        files: { [`simulator/kernel/fs/proc/${where}/${name}.ts`]: where === 'pid' ? PROC_PID : PROC_ROOT },
        next: `Read proc(5) and \`cat /proc/${where === 'pid' ? 'self/' : ''}${name}\` on a real machine; render the same from the state.`,
      }
    }
    case 'lesson': {
      const [slug] = need(words, 1)
      const numbers = fs.readdirSync(path.join(root, 'content/lessons')).map((folder) => Number(folder.slice(0, 2)))
      const number = String(Math.max(-1, ...numbers) + 1).padStart(2, '0')
      return { files: { [`content/lessons/${number}-${slug}/index.md`]: LESSON }, next: `Write it, then \`npm run lesson:check ${slug}\`.` }
    }
    case 'scenario': {
      const [name] = need(words, 1)
      return { files: { [`content/scenarios/${name}.yaml`]: SCENARIO }, next: `\`npm run -s lab -- --scenario ${name}\` logs you in.` }
    }
    default:
      throw new Error(`there is no kind ${kind}`)
  }
}

function need(words, count) {
  if (words.length !== count || words.some((word) => !/^[a-z0-9][\w.+-]*$/i.test(word))) throw new Error(`it needs ${count === 1 ? 'one name' : `${count} names`}`)
  return words
}

/** Writes a unit's files below `root`. Throws when one is there already, and then writes none. */
export function write(files, root) {
  for (const file of Object.keys(files)) if (fs.existsSync(path.join(root, file))) throw new Error(`${file} is there already`)
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), text)
  }
}

const COMMAND = `/** NAME(1): say here which version it follows, and where you read how it behaves. */
import { program } from '../../program'

export default program({
  summary: 'what it is for, in one line',
  *run(io) {
    for (const word of io.args) {
      io.err(\`\${io.name}: \${word}: not simulated in this lab\\n\`)
      return 125
    }
    io.out(\`\${io.sys.getcwd()}\\n\`)
  },
})
`
const PROC_PID = `/** proc(5): say here what it shows. */
import { file, line } from '../entry'

export default file((task) => line(task.comm))
`
const PROC_ROOT = `/** proc(5): say here what it shows. */
import { systemFile } from '../entry'

export default systemFile(({ kernel }) => \`\${kernel.release}\\n\`)
`
const LESSON = `---
title: A lesson that is not written yet
summary: One or two sentences for the course page.
minutes: 5
scenario: notes
objectives: [what a student can do afterwards]
tags: [pods]
---

## The first section
:::checkpoint{at="2023-06-10T12:20:00Z" node="node01"}
:::

Say what to try, then show it:

\`\`\`console
node01 $ hostname
node01
\`\`\`
`
const SCENARIO = `title: A node
summary: One machine with containerd and no pods.
boot: 2024-01-01T08:00:00Z
start: 2024-01-01T08:10:00Z
seed: a node
kernel:
  release: 5.4.0-131-generic
  version: "#147-Ubuntu SMP Fri Oct 14 17:07:22 UTC 2022"
  cgroup: 1
kubernetes:
  version: v1.27.1
containerd:
  version: 1.6.20
login:
  host: node01
nodes:
  - name: node01
    address: 172.30.2.2/24
    processes:
      - { argv: [/usr/bin/containerd] }
`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
  const [kind = '', ...words] = process.argv.slice(2)
  try {
    const { files, next } = unit(kind, words, root)
    write(files, root)
    for (const file of Object.keys(files)) console.log(`made ${file}`)
    console.log(next)
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`)
    process.exitCode = 2
  }
}
