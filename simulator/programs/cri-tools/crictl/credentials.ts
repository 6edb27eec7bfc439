/** Credentials for a registry (image.go getAuth). */
import { decode } from '../../../kernel/bytes'
import { fromBase64 } from '../../../kernel/base64'
import type { Credentials } from '../../../containerd/registry/resolve'
import { type Context, Failure } from '../../urfave/context'

export function credentialsOf(context: Context): Credentials | undefined {
  if (context.string('username') !== '') return context.refuse('--username')
  const creds = context.string('creds')
  const auth = context.string('auth')
  if (creds !== '' && auth !== '') throw new Failure('both `--creds` and `--auth` are specified')
  if (creds.startsWith(':')) throw new Failure("username can't be empty")
  if (creds === '' && auth === '') return undefined
  const [username = '', ...password] = (creds || decode(fromBase64(auth))).split(':')
  return { username, password: password.join(':') }
}
