/** `-o yaml` and `-o json` of API objects: keys sorted, as Go marshals maps after a round through JSON. */
import { sorted } from '../../go/json'

export { toYaml } from '../../go/yaml'

export const toJson = (object: unknown): string => `${JSON.stringify(sorted(object), null, 4)}\n`
