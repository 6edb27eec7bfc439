import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import type { Metadata } from 'next'
import Link from 'next/link'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
import { fidelityNotes, scores } from '../../lib/fidelity'
import { Footer, Header } from '../components/shell/header'

export const metadata: Metadata = { title: 'How true is it?', description: 'What Pause Lab is, how its answers are compared with those of a real node, byte for byte, and what is not as on a real node.' }

export default function AboutPage() {
  const list = scores()
  const equal = list.reduce((n, s) => n + s.equal, 0)
  const of = list.reduce((n, s) => n + s.of, 0)
  return (
    <>
      <Header here="/about/" />
      <main id="main" className="mx-auto max-w-3xl px-5 pt-12">
        <h1 className="text-4xl font-semibold sm:text-5xl">How true is it?</h1>
        <div className="prose text-prose">
          <p>
            Pause Lab is a simulator of a Debian 12 node, in TypeScript, in a worker of this page: processes, namespaces, cgroups, a network, containerd with its shims, a kubelet and an API server. There is no server behind it and no virtual machine in it. Nothing you type leaves your browser.
          </p>
          <p>
            It claims to print what a real node prints, byte for byte. So a real node was recorded: commands, outputs, exit codes, and the whole state of the machine at one instant. The simulator is loaded with that state, the commands are run, and the answers are compared.
          </p>
        </div>
        <h2 className="mt-12 text-2xl font-semibold">Scores by topic</h2>
        <p className="mt-2">
          At least {equal} of {of} recorded command lines of these topics are answered exactly: output, errors and exit code. The tests fail when one of these numbers falls.
        </p>
        <table className="mt-5 w-full border-collapse">
          <thead>
            <tr className="border-b-2 border-ink text-start">
              <th scope="col" className="py-1.5 text-start font-semibold">
                Topic
              </th>
              <th scope="col" className="py-1.5 pe-6 text-end font-semibold">
                Equal
              </th>
              <th scope="col" className="w-2/5 py-1.5 text-start font-semibold max-sm:hidden">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map(({ topic, equal: n, of: all }) => (
              <tr key={topic} className="border-b border-rule">
                <th scope="row" className="py-1.5 text-start font-mono text-sm font-normal">
                  {topic}
                </th>
                <td className="py-1.5 pe-6 text-end font-mono text-sm whitespace-nowrap">
                  {n} of {all}
                </td>
                <td className="py-1.5 max-sm:hidden">
                  <span className="meter flex h-2.5 items-center bg-well" aria-hidden="true">
                    <span className="h-full bg-petrol" style={{ width: `${(100 * n) / Math.max(1, all)}%` }} />
                  </span>
                  <span className="sr-only">{Math.round((100 * n) / Math.max(1, all))} per cent</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="prose [&_h2]:mt-12 [&_h2]:text-2xl [&_h2]:font-semibold">{toJsxRuntime(fidelityNotes(), { Fragment, jsx, jsxs })}</div>
        <h2 className="mt-12 text-2xl font-semibold">Keys</h2>
        <dl className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
          {KEYS.map(([key, what]) => (
            <div key={key} className="contents">
              <dt className="font-mono text-sm max-sm:font-semibold">{key}</dt>
              <dd className="max-sm:-mt-2">{what}</dd>
            </div>
          ))}
        </dl>
        <h2 className="mt-12 text-2xl font-semibold">Yours</h2>
        <p className="mt-2">
          What you solve is kept in this browser only. After the first visit everything works without a network, and the browser can install it. The source is under the MIT license. Which commands there are is listed under <Link href="/reference/">Commands</Link>.
        </p>
      </main>
      <Footer />
    </>
  )
}

const KEYS = [
  ['Ctrl K, /', 'search (in the terminal these keys are the terminal’s; / can be switched off in Settings)'],
  ['Esc, then Tab', 'out of the terminal: Tab alone belongs to the shell'],
  ['Ctrl `', 'to the terminal from anywhere, and back to where you were'],
  ['Ctrl Shift C', 'copies what is selected in the terminal'],
  ['Ctrl Shift E', 'explains the columns of what the last command printed'],
  ['Ctrl Shift F', 'folds what the last long command printed, or shows it again'],
  ['Ctrl Shift ↑ ↓', 'goes to the command before or after; Ctrl Shift F then folds that one'],
  ['+ − 0 in the picture', 'draws it larger, smaller, as it was'],
  ['A long press', 'on a touch screen, selects a word of the terminal, and on to where the finger is drawn'],
  ['Arrows on a border', 'move it; Home or a double click puts it back'],
  ['Arrows, Delete on a tab', 'go to the next terminal, close this one'],
] as const
