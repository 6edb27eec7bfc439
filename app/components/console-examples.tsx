'use client'
import { useState } from 'react'
import type { Example } from '../../lib/lessons/model'
import { useLab } from './lab-context'

/** Commands to run, each with what it prints. The button types the command into the terminal and presses Enter. */
export function ConsoleExamples({ examples, section }: { examples: readonly Example[]; section: string }) {
  return (
    <div className="my-5 overflow-hidden bg-screen text-glow">
      {examples.map((example) => (
        <ConsoleExample key={example.line} example={example} section={section} />
      ))}
    </div>
  )
}

function ConsoleExample({ example, section }: { example: Example; section: string }) {
  const lab = useLab()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(example.command)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <figure data-example={example.line} className="border-b border-white/10 last:border-0">
      <div className="flex items-start gap-3 p-3">
        <pre className="min-w-0 flex-1 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
          <span className="text-[#7fcab9] select-none">{example.host} $ </span>
          <code className="text-[1em]">{example.command}</code>
        </pre>
        <button type="button" onClick={() => void lab.run(section, example.command)} className="min-h-6 cursor-pointer bg-[#7fcab9] px-3 py-1 font-mono text-sm font-semibold text-screen" aria-label={`Run: ${example.command}`}>
          Run
        </button>
        <button type="button" onClick={() => void copy()} className="min-h-6 cursor-pointer border border-white/40 px-2 py-1 font-mono text-sm" aria-label={`Copy: ${example.command}`}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      {example.expected !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide output must be scrollable by keyboard
        <pre tabIndex={0} data-expected="" className="max-h-72 overflow-auto px-3 pb-3 font-mono text-[0.8rem] leading-relaxed text-glow/80">
          {example.expected}
          {example.more ? '…' : ''}
        </pre>
      )}
    </figure>
  )
}
