'use client'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { answerMatches } from '../../../lib/lab/judge'
import { useLab } from '../lab/lab-context'
import { done as solved, useProgress } from '../progress'

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
    if (right) solved(lab.slug, id)
  }
  const judge = async (event: FormEvent) => {
    event.preventDefault()
    if ('options' in question) return settle(question.options.every((o, i) => o.right === chosen.includes(i)))
    if (question.kind !== 'value') return settle(answerMatches(question.kind, text, question.answer))
    const { stdout } = await lab.exec(question.node, question.command)
    settle(answerMatches('value', text, stdout))
  }
  const pick = (i: number) => {
    setVerdict('open')
    setChosen(question.kind === 'many' ? (chosen.includes(i) ? chosen.filter((c) => c !== i) : [...chosen, i]) : [i])
  }
  return (
    <form id={id} onSubmit={(e) => void judge(e)} className="my-8 rounded-soft border border-rule bg-sheet p-5" data-quiz={id} data-verdict={verdict}>
      <p className="label text-faint">
        {kind} {done && <span className="text-good font-semibold">· answered</span>}
      </p>
      <fieldset>
        <legend className="prose text-[1.08rem] font-semibold">{prompt}</legend>
        {'options' in question ? (
          question.options.map((option, i) => (
            <div key={i} className="mt-2">
              <label className="flex cursor-pointer items-baseline gap-3 py-1">
                <input type={question.kind === 'many' ? 'checkbox' : 'radio'} name={name} checked={chosen.includes(i)} onChange={() => pick(i)} className="size-4 shrink-0 translate-y-0.5 accent-petrol" />
                <span className="[&_p]:inline">{option.body}</span>
              </label>
              {verdict !== 'open' && chosen.includes(i) && <div className={`fade-in ms-7 border-s-3 ps-3 ${option.right ? 'border-good text-good' : 'border-bad text-bad'}`}>{option.reason}</div>}
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
            className="field mt-2 w-full max-w-md"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </fieldset>
      <button type="submit" className="button button-main mt-4">
        {kind === 'Predict first' ? 'That is what I expect' : 'Check'}
      </button>
      <div role="status" className="mt-3 [&_p]:my-1">
        {verdict === 'right' && <p className="font-semibold text-good">Right.</p>}
        {verdict === 'wrong' && <p className="font-semibold text-bad">Not yet.</p>}
        {verdict === 'right' && 'right' in question && question.right}
        {verdict === 'wrong' && 'wrong' in question && question.wrong}
      </div>
      {(verdict !== 'open' || done) && children}
    </form>
  )
}
