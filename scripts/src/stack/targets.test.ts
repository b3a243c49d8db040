import { expect, it } from 'vitest'
import { targetsOf } from './targets.ts'

it('names the jobs of scraped parts as their components are named in a cluster', () => {
  const internalUrl = 'http://127.0.0.1:1'
  const parts = [
    { name: 'kafka' },
    { name: 'bff-2', internalUrl },
    { name: 'crypto-service-1', internalUrl },
    { name: 'sandbox', internalUrl },
  ]
  expect(targetsOf(parts).map(({ job, replica }) => [job, replica])).toEqual([
    ['bff', 'bff-2'],
    ['crypto-service', 'crypto-service-1'],
    ['sandbox', 'sandbox'],
  ])
})
