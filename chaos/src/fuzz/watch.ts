import { readFileSync } from 'node:fs'
import { createFluxClient } from '@flux/client'
import type { Part } from '@flux/scripts/stack'

/** A client in good faith that shares the replica with hostile ones, and what it misses. */
export interface Witness {
  /** Canaries that came. */
  canaries(): number
  /** Broken promises, as sentences. */
  faults(): readonly string[]
  close(): void
}

/** Connects a client that counts the canary's sequence: every number once, in order. */
export const openWitness = (url: string): Witness => {
  const client = createFluxClient({ url })
  const faults: string[] = []
  let canaries = 0
  let last: number | undefined
  client.onRecord((channel, { d }) => {
    if (channel !== 'platform.canary' || typeof d !== 'object' || d === null || !('seq' in d))
      return
    const seq = Number(d.seq)
    if (last !== undefined && seq !== last + 1) faults.push(`canary ${seq} came after ${last}`)
    last = seq
    canaries += 1
  })
  client.want('platform.canary')
  client.want('crypto.global')
  client.connect()
  return {
    canaries: () => canaries,
    faults: () => {
      const { phase } = client.status()
      return phase === 'live' ? faults : [...faults, `the client in good faith is ${phase}`]
    },
    close: () => client.close(),
  }
}

/** Resident memory of a process in MiB. */
export const rssMibOf = (pid: number): number => {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1_024
}

const errorLevel = 50

/** Messages that a process has logged as errors, each once: a handler of ours that broke is one. */
export const errorsLogged = ({ logFile }: Part): readonly string[] => {
  const lines = readFileSync(logFile, 'utf8').split('\n')
  const errors = lines.flatMap((line) => {
    const level = Number(/"level":(\d+)/.exec(line)?.[1] ?? 0)
    if (level >= errorLevel) return [/"msg":"([^"]*)"/.exec(line)?.[1] ?? line.slice(0, 200)]
    return /UnhandledPromiseRejection|^\s+at .*\(file:/.test(line) ? [line.slice(0, 200)] : []
  })
  return [...new Set(errors)]
}
