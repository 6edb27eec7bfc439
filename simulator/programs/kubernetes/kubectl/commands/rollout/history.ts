/** kubectl rollout history (pkg/polymorphichelpers/history.go). Recording: golden deployment. */
import { tabulate } from '../../../../go/tabwriter'
import { command, Refused } from '../../command'
import { Lines } from '../../describe/lines'
import { template } from '../../describe/workloads'
import { CHANGE_CAUSE, deploymentsNamed, revisionOf, setsOf } from '../../rollouts'

const LAYOUT = { minWidth: 0, tabWidth: 8, padding: 2, padChar: ' ' } as const

export default command({
  flags: ['revision', 'filename'],
  *run(context) {
    const { flags, io } = context
    const wanted = Number(flags.text('revision') ?? 0)
    for (const deployment of yield* deploymentsNamed(context)) {
      const sets = yield* setsOf(context, deployment)
      const title = `deployment.apps/${deployment.metadata.name}`
      if (wanted === 0) {
        const rows = sets.map((set) => `${revisionOf(set)}\t${set.metadata.annotations?.[CHANGE_CAUSE] ?? '<none>'}\n`)
        io.out(`${title} \n${tabulate(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, LAYOUT)}\n`)
        continue
      }
      const set = sets.find((each) => revisionOf(each) === wanted)
      if (!set) throw new Refused(`error: unable to find the specified revision`)
      const lines = new Lines()
      template(lines, set.spec.template)
      io.out(`${title} with revision #${wanted}\n${lines.raw()}\n`)
    }
  },
})
