import { describe, expect, it } from 'vitest'
import { parseResources, podsOf } from '../resource.ts'
import { lifetimeFaults } from './lifetime.ts'
import { faultless, spoilt } from './sample.ts'

const faults = (from: string, to: string) => podsOf(spoilt(from, to)).flatMap(lifetimeFaults)

describe('lifetimes', () => {
  it('give a sound application the time that it needs', () => {
    expect(podsOf(parseResources(faultless)).flatMap(lifetimeFaults)).toEqual([])
  })

  it.each([
    [
      'terminationGracePeriodSeconds: 35',
      'terminationGracePeriodSeconds: 29',
      '29 s of grace, 30 are needed',
    ],
    ['sleep: { seconds: 5 }', 'sleep: { seconds: 15 }', '35 s of grace, 40 are needed'],
    ['value: "25000"', 'value: "31000"', '35 s of grace, 36 are needed'],
    ['value: "25000"', 'value: "20000"', 'closes (20000 ms) before it has drained (20000 ms)'],
  ])('see %s turned into %s', (from, to, fault) => {
    expect(faults(from, to)).toEqual([`Deployment/web: ${fault}`])
  })
})
