/** Where the worker begins: what the lab is made of is fetched beside the lab's own code, and what is asked meanwhile is kept. */
import type { ToWorker } from './protocol'
import { fetchSources } from './sources'

const asked: ToWorker[] = []
self.onmessage = ({ data }: MessageEvent<ToWorker>) => asked.push(data)

// The larger one is asked for first.
const room = import('./room')
const sources = fetchSources(self.name)

void room.then(
  ({ enter }) => {
    const receive = enter(sources)
    for (const message of asked) receive(message)
    self.onmessage = ({ data }: MessageEvent<ToWorker>) => receive(data)
  },
  (error: unknown) => postMessage({ type: 'failed', message: String(error) }),
)
