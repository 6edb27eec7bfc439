import type { PictureNode } from '../../../simulator'
import { COMMANDS, detailsInWords, linesOf, networkInWords, noPods, podInWords, shortCommand, treeOf } from '../../../lib/picture/facts'
import type { Ask } from './asks'

export type View = 'pods' | 'processes' | 'network'

/** The picture's twin for reading: the same facts, and the same questions as buttons. */
export function InWords({ node, view, details, onAsk }: { node: PictureNode; view: View; details: boolean; onAsk: Ask }) {
  return (
    <div className="max-w-3xl py-2 text-[0.98rem]">
      <h3 className="font-mono text-sm font-semibold">{node.name}</h3>
      {view === 'pods' && (
        <ul className="mt-1 list-disc ps-5">
          {node.pods.length === 0 && <li>{noPods(node)}</li>}
          {node.pods.map((pod) => (
            <li key={pod.uid} className="py-1">
              {podInWords(pod, node)}
              <span className="inline-flex flex-wrap gap-x-1">
                <AskButton command={COMMANDS.pod(pod)} onAsk={onAsk} />
                {pod.containers.map((c) => (
                  <AskButton key={c.id} command={COMMANDS.container(c)} onAsk={onAsk} />
                ))}
                {linesOf(pod, node).map((line) => (
                  <AskButton key={`${line.type}${line.inum}`} command={COMMANDS.namespace(line)} onAsk={onAsk} />
                ))}
                {pod.devices.length > 0 && <AskButton command={COMMANDS.podNetwork(pod)} onAsk={onAsk} />}
              </span>
              {details && (
                <ul className="list-[circle] ps-5">
                  {detailsInWords(pod).map((text) => (
                    <li key={text}>{text}</li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
      {view === 'processes' && (
        <ul className="mt-1 list-disc ps-5">
          {treeOf(node).map(({ process, pod }) => (
            <li key={process.pid}>
              {process.pid}, below {process.ppid}: {shortCommand(process.command)}
              {pod ? `, of pod ${pod.name}` : ''}
              <AskButton command={COMMANDS.process(process.pid)} onAsk={onAsk} />
            </li>
          ))}
        </ul>
      )}
      {view === 'network' && (
        <ul className="mt-1 list-disc ps-5">
          {node.devices.map((d) => (
            <li key={d.name}>
              {d.name}: {d.kind}, {d.up ? 'up' : 'down'}
              {d.addresses.length > 0 ? `, ${d.addresses.join(', ')}` : ''}
              {d.master ? `, port of ${d.master}` : ''}
              {d.peer ? `, other end ${d.peer.name} in net ${d.peer.namespace}` : ''}
              <AskButton command={COMMANDS.device(d.name)} onAsk={onAsk} />
            </li>
          ))}
          {node.pods.map((pod) => (
            <li key={pod.uid}>
              {networkInWords(pod)}
              {pod.devices.length > 0 && <AskButton command={COMMANDS.podNetwork(pod)} onAsk={onAsk} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function AskButton({ command, onAsk }: { command: string; onAsk: Ask }) {
  return (
    <button type="button" className="ms-2 font-mono text-sm text-petrol underline underline-offset-4" onClick={() => onAsk(command)}>
      {command}
    </button>
  )
}
