import { manualClock } from '@flux/testkit'
import { expect, it } from 'vitest'
import { createRates } from './rates.ts'

it('rates are what was added since the last reading, per second', async () => {
  const clock = manualClock()
  let records = 100
  let deliveries = 1_000
  const rates = createRates(clock, { records: () => records, deliveries: () => deliveries })
  await clock.advance(2_000)
  records += 10
  deliveries += 4_000
  expect(rates.read()).toEqual({ recordsPerSecond: 5, deliveriesPerSecond: 2_000 })
  await clock.advance(500)
  records += 1
  expect(rates.read()).toEqual({ recordsPerSecond: 2, deliveriesPerSecond: 0 })
})
