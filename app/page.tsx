import Link from 'next/link'
import { loadLessons, loadScenario } from '../lib/lessons/load'
import { Hero } from './components/hero'
import { Footer, Header } from './components/shell/header'

const POINTS = [
  { title: 'A node, not a video', text: 'The terminal answers whatever you type, in any order, right or wrong. Break a pod, kill pause, look in /proc: it is a machine, and it has a way back.' },
  { title: 'Byte for byte', text: 'A real Debian 12 node was recorded. The simulator is compared with it on every change, and what it cannot do it says.' },
  { title: 'You see what you did', text: 'Pods are houses, pause is the ground they stand on, namespaces are the coloured lines between rooms. The picture is drawn from the machine’s state, as you change it.' },
  { title: 'It is all here', text: 'No server, no account, nothing sent anywhere. After the first visit it works without a network, also from a USB stick.' },
] as const

export default function Start() {
  const lessons = loadLessons()
  const [first] = lessons
  const name = first?.scenario ?? 'notes'
  return (
    <>
      <Header />
      <main id="main" className="mx-auto max-w-6xl px-5">
        <div className="grid items-center gap-x-12 gap-y-10 pt-10 lg:grid-cols-[minmax(0,10fr)_minmax(0,11fr)] lg:pt-16">
          <div>
            <h1 className="text-display font-semibold">The container that is in every pod, and that kubectl does not show</h1>
            <p className="mt-6 max-w-xl text-[1.2rem] leading-relaxed">You stand at a terminal on a Kubernetes node. The lessons say what to try; the node answers as a real one does. It is a simulator, and it runs in this page.</p>
            {first && (
              <p className="mt-8 flex flex-wrap items-center gap-3">
                <Link href={`/lessons/${first.slug}/`} className="button button-main min-h-12 px-5 text-base">
                  Open “{first.title}”
                </Link>
                <Link href="/playground/" className="button min-h-12 px-5 text-base">
                  Just a terminal
                </Link>
              </p>
            )}
          </div>
          <Hero scenario={{ name, host: loadScenario(name).login.host }} />
        </div>
        <Street />
        <div className="mt-14 grid gap-x-12 gap-y-10 sm:grid-cols-2">
          {POINTS.map(({ title, text: body }) => (
            <section key={title}>
              <h2 className="flex items-center gap-3 text-xl font-semibold">
                <span aria-hidden="true" className="bars text-[0.8rem] text-pause" />
                {title}
              </h2>
              <p className="mt-2 max-w-md">{body}</p>
            </section>
          ))}
        </div>
        <h2 className="mt-20 border-b-2 border-ink pb-2 text-2xl font-semibold">The course</h2>
        <ol>
          {lessons.map((lesson, i) => (
            <li key={lesson.slug} className="grid grid-cols-[2.5rem_minmax(0,1fr)_auto] items-baseline border-b border-rule py-5">
              <span className="font-mono text-sm text-faint">{i + 1}</span>
              <div>
                <h3 className="text-xl font-semibold">
                  <Link href={`/lessons/${lesson.slug}/`} className="text-ink">
                    {lesson.title}
                  </Link>
                </h3>
                <p className="mt-1 max-w-2xl text-faint">{lesson.summary}</p>
              </div>
              <span className="label text-faint">{lesson.minutes} min</span>
            </li>
          ))}
        </ol>
      </main>
      <Footer />
    </>
  )
}

/** A row of houses on their pauses: the sign of the place. */
function Street() {
  const houses = [0, 1, 2, 3, 4, 5, 6, 7, 8]
  return (
    <svg viewBox="0 0 1100 96" className="mt-14 w-full" role="img" aria-label="Nine houses on a street, each standing on its pause">
      {houses.map((i) => {
        const x = 12 + i * 121
        const wide = i === 5
        return (
          <g key={i} stroke="var(--ink)" fill="var(--house)" strokeWidth="1.5" strokeLinejoin="round">
            <path d={`M${x} 76 V30 L${x + 44} 8 L${x + 88} 30 V76 Z`} />
            <rect x={x + 10} y="34" width={wide ? 30 : 68} height="18" fill="var(--room)" />
            {wide && <rect x={x + 48} y="34" width="30" height="18" fill="var(--room)" />}
            <rect x={x} y="64" width="88" height="14" fill="var(--ink)" />
            <path d={`M${x + 39} 67 v8 M${x + 48} 67 v8`} stroke="var(--pause-on-ink)" strokeWidth="4" />
            <path d={`M${x + 10} 58 h68`} stroke={i % 4 === 1 ? 'var(--ns-ipc)' : i % 4 === 2 ? 'var(--ns-uts)' : 'var(--ns-net)'} strokeWidth="3.5" />
          </g>
        )
      })}
      <path d="M0 88 H1100" stroke="var(--ns-net)" strokeWidth="6" strokeLinecap="round" />
    </svg>
  )
}
