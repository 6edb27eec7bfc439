/** The command line of the lesson checker: every lesson, or those whose slugs are given. Exit status 1 when something is wrong. */
import { nodeHost } from '../../simulator/cli/load'
import { ScenarioError } from '../../simulator/scenarios/written/schema'
import { checkLesson } from './check'
import { lessonFolders, loadLesson, loadScenario } from './load'
import { LessonError } from './model'

const wanted = process.argv.slice(2)
let passed = 0
let failed = 0
for (const { folder, slug } of lessonFolders()) {
  if (wanted.length > 0 && !wanted.includes(slug)) continue
  try {
    const lesson = loadLesson(folder, slug)
    const report = await checkLesson(lesson, loadScenario(lesson.scenario), nodeHost())
    passed += report.passed
    failed += report.problems.length
    for (const { line, message } of report.problems) console.error(`${lesson.file}:${line}: ${message}`)
    console.log(`${slug}: ${report.passed} checked, ${report.problems.length} wrong`)
  } catch (error) {
    if (!(error instanceof LessonError) && !(error instanceof ScenarioError)) throw error
    failed++
    console.error(error.message)
  }
}
console.log(`lessons: ${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
