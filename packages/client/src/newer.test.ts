import type { Entry } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { compareLatest, compareOrdered, compareReplica } from './newer.ts'

const entry = (part: Partial<Entry>): Entry => ({ k: 'k', d: 1, t: 10, p: [0, 10], v: 10, ...part })
const held = { position: [0, 10] as [number, number], version: 10, at: 10 }

describe('the rule for latest', () => {
  it('takes the higher offset of the same partition, whatever the version', () => {
    expect(compareLatest(held, entry({ p: [0, 11], v: 1 }))).toBe('newer')
    expect(compareLatest(held, entry({ p: [0, 9], v: 99 }))).toBe('older')
    expect(compareLatest(held, entry({ p: [0, 10], v: 99 }))).toBe('duplicate')
  })

  it('takes the higher version of another partition, and the later one of equal versions', () => {
    expect(compareLatest(held, entry({ p: [1, 0], v: 11 }))).toBe('newer')
    expect(compareLatest(held, entry({ p: [1, 0], v: 10 }))).toBe('newer')
    expect(compareLatest(held, entry({ p: [1, 99], v: 9 }))).toBe('older')
  })
})

describe('the rule for ordered', () => {
  it('drops an equal version as a repetition and a lower one as old', () => {
    expect(compareOrdered(undefined, entry({}))).toBe('newer')
    expect(compareOrdered(held, entry({ p: [0, 11], v: 11 }))).toBe('newer')
    expect(compareOrdered(held, entry({ p: [0, 11], v: 10 }))).toBe('duplicate')
    expect(compareOrdered(held, entry({ p: [0, 11], v: 9 }))).toBe('older')
  })
})

describe('the rule for what is born on a replica', () => {
  const stats = { position: ['r1', 10] as [string, number], version: 0, at: 10 }

  it('takes the higher sequence, and a lower one of a later time: the replica was started again', () => {
    expect(compareReplica(stats, entry({ p: ['r1', 11], t: 10 }))).toBe('newer')
    expect(compareReplica(stats, entry({ p: ['r1', 1], t: 11 }))).toBe('newer')
    expect(compareReplica(stats, entry({ p: ['r1', 9], t: 9 }))).toBe('older')
    expect(compareReplica(stats, entry({ p: ['r1', 10], t: 10 }))).toBe('duplicate')
  })
})
