/** All listings whose columns are explained; of two that fit a head the first counts. */
import type { Listing } from './listing'
import { CONTAINERD } from './listings/containerd'
import { KUBERNETES } from './listings/kubernetes'
import { MACHINE } from './listings/machine'
import { NETWORK } from './listings/network'
import { PROCESSES } from './listings/ps'

export const LISTINGS: readonly Listing[] = [...PROCESSES, ...CONTAINERD, ...KUBERNETES, ...NETWORK, ...MACHINE]
