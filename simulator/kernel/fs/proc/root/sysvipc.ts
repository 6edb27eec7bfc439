/** /proc/sysvipc: System V IPC objects of the reader's ipc namespace (proc(5); ipc/shm.c, sem.c, msg.c). */
import type { Timespec } from '../../../time'
import { folder, type Look, systemFile } from '../entry'

const n = (value: number | string, width: number): string => String(value).padStart(width)
const time = (at: Timespec | null): string => n(at?.sec ?? 0, 10)

const shm = ({ viewer }: Look): string =>
  '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap\n' +
  viewer.ns.ipc.shm.all().map((s) =>
    `${n(s.key, 10)} ${n(s.id, 10)}  ${n(s.mode.toString(8), 4)} ${n(s.bytes, 21)} ${n(s.creatorPid, 5)} ${n(s.lastPid, 5)}  ${n(s.attached, 5)} ` +
    `${n(s.uid, 5)} ${n(s.gid, 5)} ${n(s.cuid, 5)} ${n(s.cgid, 5)} ${time(s.attachTime)} ${time(s.detachTime)} ${time(s.changeTime)} ${n(0, 21)} ${n(0, 21)}\n`).join('')

const sem = ({ viewer }: Look): string =>
  '       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n' +
  viewer.ns.ipc.sem.all().map((s) =>
    `${n(s.key, 10)} ${n(s.id, 10)}  ${n(s.mode.toString(8), 4)} ${n(s.values.length, 10)} ${n(s.uid, 5)} ${n(s.gid, 5)} ${n(s.cuid, 5)} ${n(s.cgid, 5)} ` +
    `${time(s.operationTime)} ${time(s.changeTime)}\n`).join('')

const msg = ({ viewer }: Look): string =>
  '       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime\n' +
  viewer.ns.ipc.msg.all().map((q) =>
    `${n(q.key, 10)} ${n(q.id, 10)}  ${n(q.mode.toString(8), 4)}  ${n(q.usedBytes, 10)} ${n(q.messages, 10)} ${n(q.sendPid, 5)} ${n(q.receivePid, 5)} ` +
    `${n(q.uid, 5)} ${n(q.gid, 5)} ${n(q.cuid, 5)} ${n(q.cgid, 5)} ${time(q.sendTime)} ${time(q.receiveTime)} ${time(q.changeTime)}\n`).join('')

export default folder({ msg: systemFile(msg), sem: systemFile(sem), shm: systemFile(shm) })
