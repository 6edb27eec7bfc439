/** Credentials for a registry (image.go getAuth). The registry here is public: they are checked, then not needed. */
import { type Context, Failure } from '../../urfave/context'

export function checkCredentials(context: Context): void {
  if (context.string('username') !== '') return context.refuse('--username')
  const creds = context.string('creds')
  if (creds !== '' && context.string('auth') !== '') throw new Failure('both `--creds` and `--auth` are specified')
  if (creds.startsWith(':')) throw new Failure("username can't be empty")
}
