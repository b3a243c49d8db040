import { cryptoMovers, cryptoTrades, deadLetterTopic } from '@flux/contracts'
import { damages } from '@flux/sandbox'
import { describe, expect, it } from 'vitest'
import { grows, sourceOf, until } from './watch.ts'
import { faultsIn, openWorld } from './world.ts'

describe('what the providers get wrong', () => {
  it.each(damages)(
    'is counted and not published, and nothing crashes: %s frames',
    async (damage) => {
      const world = await openWorld({ rate: 200 })
      const replica = await world.start('a')
      await grows(world, 5)
      world.sandbox.control.addFault({ kind: 'garbage', damage, count: 40 })
      await until(() => expect(world.sandbox.control.state().faults).toEqual([]))
      await grows(world, 20)
      expect(faultsIn(await world.values(cryptoTrades))).toEqual([])
      const bad =
        (await replica.metric('flux_crypto_frames_total', { kind: 'malformed' })) +
        (await replica.metric('flux_crypto_frames_total', { kind: 'unknown' }))
      if (damage !== 'zero_open') expect(bad).toBeGreaterThan(0)
      expect(await world.records(deadLetterTopic)).toEqual([])
      expect(replica.exits()).toEqual([])
      const once = replica
        .logged()
        .filter(({ msg }) => String(msg).includes('logged once per kind'))
      expect(once.length).toBeLessThanOrEqual(6)
    },
  )

  it('leaves the last good lists in place, and says so', async () => {
    const world = await openWorld()
    world.sandbox.control.addFault({ kind: 'error_object', provider: 'coingecko' })
    const replica = await world.start('a')
    await until(async () => {
      const source = await sourceOf(world, 'coingecko')
      expect(source).toMatchObject({ state: 'degraded', leader: true, simulated: true })
      expect(source?.reason).toMatch(/^coingecko: /)
    })
    expect(await world.values(cryptoMovers)).toEqual([])
    expect(await replica.metric('flux_crypto_lists_total', { outcome: 'failed' })).toBe(1)
    await grows(world, 5)
  })

  it('loses a coin without a price, not the list', async () => {
    const world = await openWorld()
    const replica = await world.start('a')
    await until(async () => expect(await world.values(cryptoMovers)).toHaveLength(1))
    // The sandbox lists one coin of which nothing is known.
    expect(await replica.metric('flux_crypto_dropped_total', { what: 'coin' })).toBe(1)
  })
})
