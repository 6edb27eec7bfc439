'use client'
import { useRef, useState } from 'react'
import type { Example } from '../../../lib/lessons/model'
import { toClipboard } from '../clipboard'
import { useLab } from '../lab/lab-context'

/** Longer outputs are folded. */
const FOLDED_LINES = 12
/** So many characters fit on any screen. */
const FITS = 32
const SAID_MS = 1500

/** Commands to run, each with what it prints. The button types the command into the terminal and presses Enter. */
export function ConsoleExamples({ examples, section }: { examples: readonly Example[]; section: string }) {
  return (
    <div className="my-6 overflow-hidden rounded-soft bg-screen text-glow @max-[30rem]:-mx-2">
      {examples.map((example) => (
        <ConsoleExample key={example.line} example={example} section={section} />
      ))}
    </div>
  )
}

function ConsoleExample({ example, section }: { example: Example; section: string }) {
  const lab = useLab()
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no')
  const command = useRef<HTMLElement>(null)
  const printed = example.expected.split('\n')
  const lines = printed.length
  const scrolls = printed.some((line) => line.length > FITS)
  const [folded, setFolded] = useState(lines > FOLDED_LINES + 3)
  const copy = async () => {
    if (await toClipboard(example.command)) {
      setCopied('yes')
      setTimeout(() => setCopied('no'), SAID_MS)
      return
    }
    setCopied('refused')
    if (command.current) getSelection()?.selectAllChildren(command.current)
  }
  return (
    <figure data-example={example.line} className="border-b border-screen-rule last:border-0">
      <div className="flex items-start gap-2 py-2.5 ps-4 pe-2.5">
        <pre className="min-w-0 flex-1 py-1 font-mono text-[0.875rem] leading-normal whitespace-pre-wrap [overflow-wrap:anywhere]">
          <span className="text-dim select-none">{example.host} $ </span>
          <code ref={command} className="text-[1em]">{example.command}</code>
        </pre>
        <button type="button" onClick={() => void copy()} className="tool min-h-8 text-dim" aria-label={`Copy: ${example.command}`}>
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </button>
        <span role="status" className="sr-only">
          {copied === 'yes' && 'Copied'}
        </span>
        <button type="button" onClick={() => void lab.run(section, example.command)} className="button button-run min-h-8 px-3" aria-label={`Run: ${example.command}`}>
          Run
        </button>
      </div>
      {copied === 'refused' && (
        <p role="status" className="label px-4 pb-2.5 text-pause">
          This browser does not let the page copy. The command is selected: Ctrl C (⌘ C) copies it.
        </p>
      )}
      {example.expected !== '' && (
        <div className="relative">
          <pre tabIndex={scrolls ? 0 : undefined} data-expected="" className={`overflow-x-auto px-4 pb-3 font-mono text-[0.8rem] leading-[1.55] text-glow/85 ${folded ? 'max-h-64 overflow-y-hidden' : ''}`}>
            {example.expected}
            {example.more ? '…' : ''}
          </pre>
          {lines > FOLDED_LINES + 3 && (
            <div className={folded ? 'absolute inset-x-0 bottom-0 bg-linear-to-t from-screen via-screen/90 pt-10 pb-2 ps-3' : 'pb-2 ps-3'}>
              <button type="button" className="tool text-glow" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
                {folded ? `All ${lines - 1} lines` : 'Fold'}
              </button>
            </div>
          )}
        </div>
      )}
    </figure>
  )
}
