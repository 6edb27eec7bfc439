'use client'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { answerMatches } from '../../lib/lab/judge'
import { withDone } from '../../lib/progress/store'
import { useLab } from './lab-context'
import { changeProgress, useProgress } from './progress'

export type ShownQuestion =
  | { readonly kind: 'one' | 'many'; readonly options: readonly { readonly right: boolean; readonly body: ReactNode; readonly reason: ReactNode }[] }
  | { readonly kind: 'number' | 'text'; readonly answer: string; readonly right: ReactNode; readonly wrong: ReactNode }
  | { readonly kind: 'value'; readonly command: string; readonly node: string; readonly right: ReactNode; readonly wrong: ReactNode }

type Verdict = 'open' | 'right' | 'wrong'

/** A question: judged at once, with a reason for each answer. */
export function Quiz({ id, kind, prompt, question, children }: { id: string; kind: string; prompt: ReactNode; question: ShownQuestion; children?: ReactNode }) {
  const lab = useLab()
  const { progress } = useProgress()
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [text, setText] = useState('')
  const [verdict, setVerdict] = useState<Verdict>('open')
  const name = useId()
  const done = progress.lessons[lab.slug]?.done.includes(id) ?? false
  const settle = (right: boolean) => {
    setVerdict(right ? 'right' : 'wrong')
    if (right) changeProgress((p) => withDone(p, lab.slug, id))
  }
  const judge = async (event: FormEvent) => {
    event.preventDefault()
    if ('options' in question) return settle(question.options.every((o, i) => o.right === chosen.includes(i)))
    if (question.kind !== 'value') return settle(answerMatches(question.kind, text, question.answer))
    const { stdout } = await lab.client.exec(question.node, question.command)
    settle(answerMatches('value', text, stdout))
  }
  const pick = (i: number) => {
    setVerdict('open')
    setChosen(question.kind === 'many' ? (chosen.includes(i) ? chosen.filter((c) => c !== i) : [...chosen, i]) : [i])
  }
  return (
    <form id={id} onSubmit={(e) => void judge(e)} className="my-8 border border-rule bg-sheet p-5" data-quiz={id} data-verdict={verdict}>
      <p className="font-mono text-sm text-margin">
        {kind} {done && <span className="text-right">· answered</span>}
      </p>
      <fieldset>
        <legend className="prose-notes text-prose font-semibold">{prompt}</legend>
        {'options' in question ? (
          question.options.map((option, i) => (
            <div key={i} className="mt-2">
              <label className="flex cursor-pointer items-baseline gap-3 py-1">
                <input type={question.kind === 'many' ? 'checkbox' : 'radio'} name={name} checked={chosen.includes(i)} onChange={() => pick(i)} className="accent-accent" />
                <span className="[&_p]:inline">{option.body}</span>
              </label>
              {verdict !== 'open' && chosen.includes(i) && <div className={`ms-7 ${option.right ? 'text-right' : 'text-wrong'}`}>{option.reason}</div>}
            </div>
          ))
        ) : (
          <input
            type="text"
            aria-label="Your answer"
            inputMode={question.kind === 'number' ? 'numeric' : 'text'}
            value={text}
            onChange={(e) => {
              setText(e.target.value)
              setVerdict('open')
            }}
            className="mt-2 w-full max-w-md border border-faint bg-paper px-3 py-2 font-mono"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </fieldset>
      <button type="submit" className="mt-4 cursor-pointer border border-ink px-4 py-1.5 font-semibold">
        {kind === 'Predict first' ? 'That is what I expect' : 'Check'}
      </button>
      <div role="status" className="mt-3 [&_p]:my-1">
        {verdict === 'right' && <p className="font-semibold text-right">Right.</p>}
        {verdict === 'wrong' && <p className="font-semibold text-wrong">Not yet.</p>}
        {verdict === 'right' && 'right' in question && question.right}
        {verdict === 'wrong' && 'wrong' in question && question.wrong}
      </div>
      {(verdict !== 'open' || done) && children}
    </form>
  )
}
