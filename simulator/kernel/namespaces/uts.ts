/** A UTS namespace (uts_namespaces(7)): host name and NIS domain name. */
import { Namespace } from './namespace'

export class UtsNamespace extends Namespace {
  readonly type = 'uts'
  hostname: string
  domainname: string
  constructor(inum: number, hostname: string, domainname = '(none)') {
    super(inum)
    this.hostname = hostname
    this.domainname = domainname
  }
}
