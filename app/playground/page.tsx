import type { Metadata } from 'next'
import { loadLessons, loadScenario, scenarioNames } from '../../lib/lessons/load'
import { Bench, type Choice } from '../components/bench'
import { Header } from '../components/shell/header'

export const metadata: Metadata = { title: 'Playground', description: 'A simulated Kubernetes node to do as you like with: several terminals on any of its machines, and the picture beside them.' }

export default function Playground() {
  // The one that the course begins with comes first.
  const usual = loadLessons()[0]?.scenario
  const names = scenarioNames().sort((a, b) => Number(b === usual) - Number(a === usual))
  const choices = names.map((name): Choice => {
    const { title, summary, login } = loadScenario(name)
    return { name, host: login.host, title, summary }
  })
  return (
    <div className="bench flex h-dvh flex-col">
      <Header here="/playground/" wide="full" />
      <Bench choices={choices} />
    </div>
  )
}
