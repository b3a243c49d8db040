import { describe, expect, it } from 'vitest'
import { type Bench, out, range } from './bench.ts'

/** Registers the tests of sending and reading. */
export const recordTests = (open: () => Promise<Bench>): void => {
  describe('records', () => {
    it('keeps the order of what is sent under one key', async () => {
      const { bus, topic, create, sendNumbers } = await open()
      await create()
      await sendNumbers(0, 300, 5)
      const records = await bus.read(topic)
      for (const key of range(0, 5).map((n) => `k${n}`)) {
        const values = records
          .filter((record) => record.key === key)
          .map((record) => Number(record.value?.toString()))
        expect(values).toHaveLength(60)
        expect(values).toEqual(values.toSorted((a, b) => a - b))
      }
    })

    it('has every acknowledged record, with key, headers, time and tombstone', async () => {
      const { bus, topic, create } = await open()
      await create(1)
      await bus.send(topic, [out('a', { n: 'ä🌧' }, { 'flux-id': 'x', empty: '' }), out('a', null)])
      const [first, second, ...rest] = await bus.read(topic)
      expect(rest).toEqual([])
      expect(first).toMatchObject({ topic, partition: 0, offset: 0, key: 'a' })
      expect(first?.value?.toString()).toBe('{"n":"ä🌧"}')
      expect(first?.headers).toEqual({ 'flux-id': 'x', empty: '' })
      expect(first?.timestamp).toBeGreaterThan(1_600_000_000_000)
      expect(second).toMatchObject({ offset: 1, key: 'a', value: null, headers: {} })
    })

    it('puts one key into one partition and uses all of them', async () => {
      const { bus, topic, create, sendNumbers } = await open()
      await create()
      await sendNumbers(0, 100, 50)
      const records = await bus.read(topic)
      const places = new Set(records.map(({ key, partition }) => `${key}/${partition}`))
      expect(places.size).toBe(50)
      expect(new Set(records.map(({ partition }) => partition)).size).toBe(3)
    })

    it('says that a topic is missing', async () => {
      const { bus, topic } = await open()
      const missing = { code: 'topic_missing', retryable: true }
      await expect(bus.send(topic, [out('a', 1)])).rejects.toMatchObject(missing)
      await expect(bus.ends(topic)).rejects.toMatchObject(missing)
      await expect(bus.read(topic)).rejects.toMatchObject(missing)
    })

    it('sends to the topics that exist while one that is missing is refused', async () => {
      const { bus, topic, create } = await open()
      await create()
      const [good, bad] = await Promise.allSettled([
        bus.send(topic, [out('a', 1)]),
        bus.send(`${topic}.missing`, [out('a', 1)]),
      ])
      expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected'])
      expect(await bus.read(topic)).toHaveLength(1)
    })

    it('rejects with the reason of a signal that is aborted already', async () => {
      const { bus, topic, create } = await open()
      await create()
      const reason = new Error('stop')
      await expect(bus.send(topic, [out('a', 1)], AbortSignal.abort(reason))).rejects.toBe(reason)
    })

    it('reports the ends of every partition', async () => {
      const { bus, topic, create, sendNumbers } = await open()
      await create(2)
      expect(await bus.ends(topic)).toEqual([
        { low: 0, high: 0 },
        { low: 0, high: 0 },
      ])
      await sendNumbers(0, 20)
      const ends = await bus.ends(topic)
      expect(ends.reduce((sum, { high }) => sum + high, 0)).toBe(20)
    })

    it('leaves a topic that exists as it is', async () => {
      const { bus, topic, create, sendNumbers } = await open()
      await create(3)
      await sendNumbers(0, 5)
      await bus.ensureTopics([{ topic, partitions: 1, config: {} }])
      expect(await bus.ends(topic)).toHaveLength(3)
      expect(await bus.read(topic)).toHaveLength(5)
    })
  })
}
