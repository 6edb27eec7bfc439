/** Replays a lesson as a student would: each section from its checkpoint; examples compared byte for byte, tasks solved, answers computed. */
import { Lab, type LabHost, type Scenario, Session } from '../../simulator'
import { playStages, startOf } from '../lab/start'
import type { Block, Example, Lesson, Section } from './model'

export interface Report {
  readonly passed: number
  readonly problems: readonly { readonly line: number; readonly message: string }[]
}

type Problem = { line: number; message: string }

export async function checkLesson(lesson: Lesson, scenario: Scenario, host: LabHost): Promise<Report> {
  const problems: Problem[] = []
  let passed = 0
  const judge = (line: number, message: string | null): void => {
    if (message === null) passed++
    else problems.push({ line, message })
  }
  for (const section of lesson.sections) {
    if (!section.blocks.some((b) => b.kind !== 'prose' && b.kind !== 'aside')) continue
    let stand: Stand
    try {
      stand = await standAt(lesson, section, scenario, host)
    } catch (error) {
      judge(section.checkpoint?.line ?? 1, error instanceof Error ? error.message : String(error))
      continue
    }
    for (const block of section.blocks) await checkBlock(block, stand, judge)
    for (const oops of stand.lab.machine.oopses()) judge(section.checkpoint?.line ?? 1, `the simulator failed in ${oops.comm} (pid ${oops.pid}): ${String(oops.error)}`)
  }
  return { passed, problems }
}

interface Stand {
  readonly lab: Lab
  readonly session: Session
}

/** The machine at a section's start, with a login shell on its node. */
async function standAt(lesson: Lesson, section: Section, scenario: Scenario, host: LabHost): Promise<Stand> {
  const start = startOf(lesson, section.id)
  const lab = Lab.of(scenario, host)
  const session = new Session(lab.machine, { host: start.node, hostNow: host.now })
  // The login comes first, as in the page: it was there before anything was done.
  await session.run({ cmd: ':', host: start.node })
  await playStages(lab, start)
  if (start.lastPid !== null) lab.setLastPid(start.node, start.lastPid)
  return { lab, session }
}

async function checkBlock(block: Block, stand: Stand, judge: (line: number, message: string | null) => void): Promise<void> {
  switch (block.kind) {
    case 'console':
      for (const example of block.examples) judge(example.line, await difference(example, stand.session))
      break
    case 'predict':
      for (const example of block.examples) judge(example.line, await difference(example, stand.session))
      break
    case 'quiz': {
      if (block.question.kind !== 'value') return judge(block.line, null)
      const { stdout, code } = await stand.lab.exec(block.question.node, block.question.command)
      judge(block.line, code === 0 && stdout.trim() !== '' ? null : `the answer's command ended with ${code} and printed ${JSON.stringify(stdout)}: ${block.question.command}`)
      break
    }
    case 'task': {
      const before = await stand.lab.exec(block.node, block.check)
      judge(block.line, before.code !== 0 ? null : 'the check passes before anything was done')
      for (const line of commandsOf(block.solve)) await stand.session.run({ cmd: line, host: block.node })
      await stand.session.run({ cmd: 'sleep 3', host: block.node })
      const after = await stand.lab.exec(block.node, block.check)
      judge(block.line, after.code === 0 ? null : `the check still fails after the solution (${after.code}): ${after.stdout}${after.stderr}`)
      break
    }
  }
}

/** A solution is typed as it stands, in one piece. */
const commandsOf = (script: string): string[] => [script]

/** What an example prints otherwise than the lesson says; null when it is the same. */
async function difference(example: Example, session: Session): Promise<string | null> {
  const { stdout, stderr } = await session.run({ cmd: example.command, host: example.host })
  const got = stdout + stderr
  const same = example.more ? got.startsWith(example.expected) : got === example.expected
  if (same) return null
  const want = example.expected.split('\n')
  const lines = got.split('\n')
  const at = want.findIndex((text, i) => text !== lines[i])
  const i = at < 0 ? want.length - 1 : at
  return `\`${example.command.split('\n')[0]}\` prints something else at line ${i + 1}:\n  lesson: ${JSON.stringify(want[i] ?? '(nothing)')}\n  node:   ${JSON.stringify(lines[i] ?? '(nothing)')}`
}
