import type { ClientStatus } from '@flux/client'
import { expect, it } from 'vitest'
import { lostWords, phaseWords, returnWords } from './browser-words.ts'
import { crowdWords, replicaMark, replicaWords, type Stats } from './replica-words.ts'

const status = (facts: Partial<ClientStatus>): ClientStatus => ({
  ...{ phase: 'live', since: 0, clockOffsetMs: 0, attempt: 0 },
  ...facts,
})

it('names the replica that the browser is with', () => {
  expect(phaseWords(status({ replica: 'bff-1' }))).toBe('Live on bff-1')
  expect(phaseWords(status({}))).toBe('Live')
  expect(phaseWords(status({ phase: 'offline', replica: 'bff-1' }))).toBe('Offline')
})

it('says what was lost and what came back', () => {
  expect(lostWords({ sent: 0, lost: 0 })).toBe('no canary yet')
  expect(lostWords({ sent: 300, lost: 0 })).toBe('none of 300 canaries lost')
  expect(lostWords({ sent: 300, lost: 2 })).toBe('2 of 300 canaries lost')
  expect(returnWords(status({}))).toBe('no interruption so far')
  const resume = { at: 0, outcome: 'recovered', channels: {}, caughtUp: 1_212 } as const
  expect(returnWords(status({ lastResume: resume }))).toMatch(/^back at ..:.., 1,212 caught up$/)
})

it('says what a replica does and whom it serves', () => {
  const stats: Stats = {
    ...{ replica: 'bff-1', draining: false, sockets: 1, rooms: 12, at: 0 },
    ...{ tail: 'live', recordsPerSecond: 5, deliveriesPerSecond: 9 },
  }
  expect(replicaWords(stats)).toBe('live')
  expect(replicaMark(stats)).toBe('well')
  expect(crowdWords(stats)).toBe('1 connection, 12 rooms')
  expect(replicaWords({ ...stats, draining: true })).toBe('draining')
  expect(replicaMark({ ...stats, tail: 'dark' })).toBe('down')
})
