/**
 * Counters of a network namespace (proc(5); net/ipv4/proc.c, net/ipv6/proc.c): snmp, snmp6, netstat, xfrm_stat, softnet_stat, sockstat6.
 * What the devices carried and which connections stand is counted; errors and retransmissions do not happen here.
 */
import type { NetNamespace } from './namespace'
import { TcpSocket } from './tcp'

/** Groups of counters by their names, each begun by its prefix; a line that begins with blanks goes on. */
const groups = (table: string): string[][] => table.trim().replace(/\n {2,}/g, ' ').split('\n').map((line) => line.split(' '))

const SNMP = groups(`
Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards
  OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates OutTransmits
Icmp: InMsgs InErrors InCsumErrors InDestUnreachs InTimeExcds InParmProbs InSrcQuenchs InRedirects InEchos InEchoReps InTimestamps
  InTimestampReps InAddrMasks InAddrMaskReps OutMsgs OutErrors OutRateLimitGlobal OutRateLimitHost OutDestUnreachs OutTimeExcds OutParmProbs
  OutSrcQuenchs OutRedirects OutEchos OutEchoReps OutTimestamps OutTimestampReps OutAddrMasks OutAddrMaskReps
Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts
  InCsumErrors
Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
`)

const NETSTAT = groups(`
TcpExt: SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned OfoPruned OutOfWindowIcmps LockDroppedIcmps
  ArpFilter TW TWRecycled TWKilled PAWSActive PAWSEstab BeyondWindow TSEcrRejected PAWSOldAck PAWSTimewait DelayedACKs DelayedACKLocked
  DelayedACKLost ListenOverflows ListenDrops TCPHPHits TCPPureAcks TCPHPAcks TCPRenoRecovery TCPSackRecovery TCPSACKReneging TCPSACKReorder
  TCPRenoReorder TCPTSReorder TCPFullUndo TCPPartialUndo TCPDSACKUndo TCPLossUndo TCPLostRetransmit TCPRenoFailures TCPSackFailures
  TCPLossFailures TCPFastRetrans TCPSlowStartRetrans TCPTimeouts TCPLossProbes TCPLossProbeRecovery TCPRenoRecoveryFail TCPSackRecoveryFail
  TCPRcvCollapsed TCPBacklogCoalesce TCPDSACKOldSent TCPDSACKOfoSent TCPDSACKRecv TCPDSACKOfoRecv TCPAbortOnData TCPAbortOnClose
  TCPAbortOnMemory TCPAbortOnTimeout TCPAbortOnLinger TCPAbortFailed TCPMemoryPressures TCPMemoryPressuresChrono TCPSACKDiscard
  TCPDSACKIgnoredOld TCPDSACKIgnoredNoUndo TCPSpuriousRTOs TCPMD5NotFound TCPMD5Unexpected TCPMD5Failure TCPSackShifted TCPSackMerged
  TCPSackShiftFallback TCPBacklogDrop PFMemallocDrop TCPMinTTLDrop TCPDeferAcceptDrop IPReversePathFilter TCPTimeWaitOverflow
  TCPReqQFullDoCookies TCPReqQFullDrop TCPRetransFail TCPRcvCoalesce TCPOFOQueue TCPOFODrop TCPOFOMerge TCPChallengeACK TCPSYNChallenge
  TCPFastOpenActive TCPFastOpenActiveFail TCPFastOpenPassive TCPFastOpenPassiveFail TCPFastOpenListenOverflow TCPFastOpenCookieReqd
  TCPFastOpenBlackhole TCPSpuriousRtxHostQueues BusyPollRxPackets TCPAutoCorking TCPFromZeroWindowAdv TCPToZeroWindowAdv TCPWantZeroWindowAdv
  TCPSynRetrans TCPOrigDataSent TCPHystartTrainDetect TCPHystartTrainCwnd TCPHystartDelayDetect TCPHystartDelayCwnd TCPACKSkippedSynRecv
  TCPACKSkippedPAWS TCPACKSkippedSeq TCPACKSkippedFinWait2 TCPACKSkippedTimeWait TCPACKSkippedChallenge TCPWinProbe TCPKeepAlive TCPMTUPFail
  TCPMTUPSuccess TCPDelivered TCPDeliveredCE TCPAckCompressed TCPZeroWindowDrop TCPRcvQDrop TCPWqueueTooBig TCPFastOpenPassiveAltKey
  TcpTimeoutRehash TcpDuplicateDataRehash TCPDSACKRecvSegs TCPDSACKIgnoredDubious TCPMigrateReqSuccess TCPMigrateReqFailure TCPPLBRehash
  TCPAORequired TCPAOBad TCPAOKeyNotFound TCPAOGood TCPAODroppedIcmps
IpExt: InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InBcastPkts OutBcastPkts InOctets OutOctets InMcastOctets OutMcastOctets
  InBcastOctets OutBcastOctets InCsumErrors InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps
MPTcpExt: MPCapableSYNRX MPCapableSYNTX MPCapableSYNACKRX MPCapableACKRX MPCapableFallbackACK MPCapableFallbackSYNACK MPCapableSYNTXDrop
  MPCapableSYNTXDisabled MPCapableEndpAttempt MPFallbackTokenInit MPTCPRetrans MPJoinNoTokenFound MPJoinSynRx MPJoinSynBackupRx MPJoinSynAckRx
  MPJoinSynAckBackupRx MPJoinSynAckHMacFailure MPJoinAckRx MPJoinAckHMacFailure MPJoinRejected MPJoinSynTx MPJoinSynTxCreatSkErr
  MPJoinSynTxBindErr MPJoinSynTxConnectErr DSSNotMatching DSSCorruptionFallback DSSCorruptionReset InfiniteMapTx InfiniteMapRx DSSNoMatchTCP
  DataCsumErr OFOQueueTail OFOQueue OFOMerge NoDSSInWindow DuplicateData AddAddr AddAddrTx AddAddrTxDrop EchoAdd EchoAddTx EchoAddTxDrop
  PortAdd AddAddrDrop MPJoinPortSynRx MPJoinPortSynAckRx MPJoinPortAckRx MismatchPortSynRx MismatchPortAckRx RmAddr RmAddrDrop RmAddrTx
  RmAddrTxDrop RmSubflow MPPrioTx MPPrioRx MPFailTx MPFailRx MPFastcloseTx MPFastcloseRx MPRstTx MPRstRx SubflowStale SubflowRecover
  SndWndShared RcvWndShared RcvWndConflictUpdate RcvWndConflict MPCurrEstab Blackhole MPCapableDataFallback MD5SigFallback DssFallback
  SimultConnectFallback FallbackFailed WinProbe
`)

interface Traffic {
  readonly received: number
  readonly sent: number
  readonly receivedBytes: number
  readonly sentBytes: number
}

function trafficOf(ns: NetNamespace): Traffic {
  const sum = { received: 0, sent: 0, receivedBytes: 0, sentBytes: 0 }
  for (const { received, sent } of ns.devices.values()) {
    sum.received += received.packets
    sum.sent += sent.packets
    sum.receivedBytes += received.bytes
    sum.sentBytes += sent.bytes
  }
  return sum
}

type Counter = (ns: NetNamespace, traffic: Traffic) => number

const established = (ns: NetNamespace): number => TcpSocket.all(ns).filter((s) => s.state === 'ESTABLISHED' || s.state === 'CLOSE_WAIT').length

const COUNTED: Readonly<Record<string, Counter>> = {
  'Ip:Forwarding': (ns) => (ns.forwarding ? 1 : 2), 'Ip:DefaultTTL': () => 64, 'Ip:InReceives': (_, t) => t.received, 'Ip:InDelivers': (_, t) => t.received,
  'Ip:OutRequests': (_, t) => t.sent, 'Ip:OutTransmits': (_, t) => t.sent, 'Tcp:RtoAlgorithm': () => 1, 'Tcp:RtoMin': () => 200, 'Tcp:RtoMax': () => 120_000, 'Tcp:MaxConn': () => -1,
  'Tcp:CurrEstab': established, 'Tcp:InSegs': (_, t) => t.received, 'Tcp:OutSegs': (_, t) => t.sent, 'IpExt:InOctets': (_, t) => t.receivedBytes, 'IpExt:OutOctets': (_, t) => t.sentBytes,
  'IpExt:InNoECTPkts': (_, t) => t.received,
}

function table(rows: readonly (readonly string[])[], ns: NetNamespace): string {
  const traffic = trafficOf(ns)
  return rows.map(([prefix = '', ...names]) => `${prefix} ${names.join(' ')}\n${prefix} ${names.map((name) => COUNTED[`${prefix}${name}`]?.(ns, traffic) ?? 0).join(' ')}\n`).join('')
}

const SNMP6 = `
Ip6InReceives Ip6InHdrErrors Ip6InTooBigErrors Ip6InNoRoutes Ip6InAddrErrors Ip6InUnknownProtos Ip6InTruncatedPkts Ip6InDiscards
Ip6InDelivers Ip6OutForwDatagrams Ip6OutRequests Ip6OutDiscards Ip6OutNoRoutes Ip6ReasmTimeout Ip6ReasmReqds Ip6ReasmOKs Ip6ReasmFails
Ip6FragOKs Ip6FragFails Ip6FragCreates Ip6InMcastPkts Ip6OutMcastPkts Ip6InOctets Ip6OutOctets Ip6InMcastOctets Ip6OutMcastOctets
Ip6InBcastOctets Ip6OutBcastOctets Ip6InNoECTPkts Ip6InECT1Pkts Ip6InECT0Pkts Ip6InCEPkts Ip6OutTransmits Icmp6InMsgs Icmp6InErrors
Icmp6OutMsgs Icmp6OutErrors Icmp6InCsumErrors Icmp6OutRateLimitHost Icmp6InDestUnreachs Icmp6InPktTooBigs Icmp6InTimeExcds
Icmp6InParmProblems Icmp6InEchos Icmp6InEchoReplies Icmp6InGroupMembQueries Icmp6InGroupMembResponses Icmp6InGroupMembReductions
Icmp6InRouterSolicits Icmp6InRouterAdvertisements Icmp6InNeighborSolicits Icmp6InNeighborAdvertisements Icmp6InRedirects Icmp6InMLDv2Reports
Icmp6OutDestUnreachs Icmp6OutPktTooBigs Icmp6OutTimeExcds Icmp6OutParmProblems Icmp6OutEchos Icmp6OutEchoReplies Icmp6OutGroupMembQueries
Icmp6OutGroupMembResponses Icmp6OutGroupMembReductions Icmp6OutRouterSolicits Icmp6OutRouterAdvertisements Icmp6OutNeighborSolicits
Icmp6OutNeighborAdvertisements Icmp6OutRedirects Icmp6OutMLDv2Reports Udp6InDatagrams Udp6NoPorts Udp6InErrors Udp6OutDatagrams
Udp6RcvbufErrors Udp6SndbufErrors Udp6InCsumErrors Udp6IgnoredMulti Udp6MemErrors UdpLite6InDatagrams UdpLite6NoPorts UdpLite6InErrors
UdpLite6OutDatagrams UdpLite6RcvbufErrors UdpLite6SndbufErrors UdpLite6InCsumErrors UdpLite6MemErrors
`.trim().split(/\s+/)

const XFRM = `
XfrmInError XfrmInBufferError XfrmInHdrError XfrmInNoStates XfrmInStateProtoError XfrmInStateModeError XfrmInStateSeqError XfrmInStateExpired
XfrmInStateMismatch XfrmInStateInvalid XfrmInTmplMismatch XfrmInNoPols XfrmInPolBlock XfrmInPolError XfrmOutError XfrmOutBundleGenError
XfrmOutBundleCheckError XfrmOutNoStates XfrmOutStateProtoError XfrmOutStateModeError XfrmOutStateSeqError XfrmOutStateExpired XfrmOutPolBlock
XfrmOutPolDead XfrmOutPolError XfrmFwdHdrError XfrmOutStateInvalid XfrmAcquireError XfrmOutStateDirError XfrmInStateDirError XfrmInIptfsError
XfrmOutNoQueueSpace
`.trim().split(/\s+/)

const zeros = (names: readonly string[], width: number): string => names.map((name) => `${name.padEnd(width)}\t0\n`).join('')

/** Of a single device these are not counted. */
const OF_NO_DEVICE = /^(Udp|UdpLite)6|RateLimitHost$/

/** /proc/PID/net/dev_snmp6/DEVICE. */
export const deviceSnmp6 = (ifindex: number): string => `${'ifIndex'.padEnd(32)}\t${ifindex}\n${zeros(SNMP6.filter((name) => !OF_NO_DEVICE.test(name)), 32)}`

const CPUS = 2

/** Packets that each processor handled, and which one it is. */
function softnet(ns: NetNamespace): string {
  const { received } = trafficOf(ns)
  const row = (cpu: number): string => {
    const fields = [Math.floor(received / CPUS) + (cpu < received % CPUS ? 1 : 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, cpu, 0, 0]
    return `${fields.map((n) => n.toString(16).padStart(8, '0')).join(' ')}\n`
  }
  return Array.from({ length: CPUS }, (_, cpu) => row(cpu)).join('')
}

function sockstat6(ns: NetNamespace): string {
  const tcp = TcpSocket.all(ns).filter((s) => s.family === 'inet6' && s.state !== 'TIME_WAIT').length
  const udp = ns.sockets.udp.filter((s) => s.family === 'inet6').length
  return `TCP6: inuse ${tcp}\nUDP6: inuse ${udp}\nUDPLITE6: inuse 0\nRAW6: inuse 0\nFRAG6: inuse 0 memory 0\n`
}

export const COUNTER_FILES: { readonly [name: string]: (ns: NetNamespace) => string } = {
  netstat: (ns) => table(NETSTAT, ns),
  snmp: (ns) => table(SNMP, ns),
  snmp6: () => zeros(SNMP6, 32),
  sockstat6,
  softnet_stat: softnet,
  xfrm_stat: () => zeros(XFRM, 24),
}
