import type { InRecord, Tail, TailOptions, TailStart } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { type Bench, config, epochTopic, numbers, out, range } from './bench.ts'

/** Everything that a tail said, in order. */
const listen = (topics: readonly (readonly [string, TailStart])[]) => {
  const records: InRecord[] = []
  const said: string[] = []
  const options: TailOptions = {
    topics: new Map(topics),
    onBatch: (batch) => {
      if (said.at(-1) !== 'batch') said.push('batch')
      records.push(...batch.records)
    },
    onFloor: (_topic, partition, low) => said.push(`floor ${partition} ${low}`),
    onEpoch: () => said.push('epoch'),
    onReset: (list, reason) => {
      said.push(`reset ${reason}`)
      for (const topic of list) {
        const kept = records.filter((record) => record.topic !== topic)
        records.splice(0, records.length, ...kept)
      }
    },
    onState: (state) => said.push(state),
  }
  return { records, said, options }
}

/** Registers the tests of tails. */
export const tailTests = (openBench: () => Promise<Bench>, name: string): void => {
  const open = async () => {
    const bench = await openBench()
    const live = (tail: Tail) => bench.eventually('the tail is live', () => tail.state() === 'live')
    return { ...bench, live }
  }

  describe('tail', () => {
    it('reads from the beginning, then goes live, each record once and in order', async () => {
      const { another, topic, eventually, create, sendNumbers, live } = await open()
      await create()
      await sendNumbers(0, 50)
      const { records, said, options } = listen([[topic, { from: 'beginning' }]])
      const tail = another().tail(options)
      await live(tail)
      expect(numbers(records)).toEqual(range(0, 50))
      expect(said[0]).toBe('epoch')
      await sendNumbers(50, 120)
      await eventually('all are there', () => records.length >= 120)
      expect(numbers(records)).toEqual(range(0, 120))
      for (const partition of range(0, 3)) {
        const offsets = records.filter((r) => r.partition === partition).map((r) => r.offset)
        expect(offsets).toEqual(range(0, offsets.length))
        expect(tail.positions(topic)[partition]).toBe(offsets.length)
      }
      expect(said.filter((word) => word === 'epoch')).toHaveLength(1)
      expect(said.some((word) => word.startsWith('reset'))).toBe(false)
    })

    it('is live at once on an empty topic', async () => {
      const { another, topic, create, live } = await open()
      await create()
      const { records, options } = listen([[topic, { from: 'beginning' }]])
      await live(another().tail(options))
      expect(records).toEqual([])
    })

    it('starts at a time', async () => {
      const { harness, another, topic, eventually, create, sendNumbers, live } = await open()
      await create()
      await sendNumbers(0, 10)
      const until = Date.now() + 3000
      await harness.pass(3000)
      // A clock that is not moved by hand passes time in small steps.
      await eventually('3 s have passed', () => Date.now() >= until || name === 'memory')
      await sendNumbers(10, 20)
      const { records, said, options } = listen([[topic, { from: 'time', backMs: 2000 }]])
      const tail = another().tail(options)
      await live(tail)
      expect(numbers(records)).toEqual(range(10, 20))
      expect(said.filter((word) => word.startsWith('floor')).length).toBeGreaterThan(0)
    })

    it('starts at the end when nothing is that young', async () => {
      const { harness, another, topic, eventually, create, sendNumbers, live } = await open()
      await create(1)
      await sendNumbers(0, 10)
      await harness.pass(20)
      const { records, said, options } = listen([[topic, { from: 'time', backMs: -60_000 }]])
      const tail = another().tail(options)
      await live(tail)
      expect(said).toContain('floor 0 10')
      await sendNumbers(10, 12)
      await eventually('the new ones came', () => records.length >= 2)
      expect(numbers(records)).toEqual([10, 11])
    })

    it('tells the floor of a log whose beginning is gone', async () => {
      const { harness, another, topic, create, sendNumbers, live } = await open()
      await create(1)
      await sendNumbers(0, 10)
      await harness.trim(topic, 0, 6)
      const { records, said, options } = listen([[topic, { from: 'beginning' }]])
      const tail = another().tail(options)
      await live(tail)
      expect(said).toContain('floor 0 6')
      expect(records.map((record) => record.offset)).toEqual([6, 7, 8, 9])
      expect(await tail.ends(topic)).toEqual([{ low: 6, high: 10 }])
    })

    it('gives every tail everything, and the same epoch', async () => {
      const { another, topic, eventually, create, sendNumbers, live } = await open()
      await create()
      const epochs: string[] = []
      const tails = range(0, 2).map(() => {
        const { records, options } = listen([[topic, { from: 'beginning' }]])
        const tail = another().tail({ ...options, onEpoch: (epoch) => epochs.push(epoch) })
        return { tail, records }
      })
      await Promise.all(tails.map(({ tail }) => live(tail)))
      await sendNumbers(0, 30)
      for (const { records } of tails) {
        await eventually('all are there', () => records.length >= 30)
        expect(numbers(records)).toEqual(range(0, 30))
      }
      expect(epochs).toHaveLength(2)
      expect(new Set(epochs).size).toBe(1)
    })

    it('waits for topics that are created later', async () => {
      const { bus, another, topic, eventually, create, sendNumbers, live } = await open()
      await bus.ensureTopics([epochTopic])
      const { records, options } = listen([[topic, { from: 'beginning' }]])
      const tail = another().tail(options)
      await eventually('it is dark', () => tail.state() === 'dark')
      await create()
      await sendNumbers(0, 5)
      await live(tail)
      // It may have found the topics before the records, and be live without them.
      await eventually('all are there', () => records.length >= 5)
      expect(numbers(records)).toEqual(range(0, 5))
    })

    it('reads partitions that are added later from their beginning', async () => {
      const { harness, bus, another, topic, eventually, create, sendNumbers, live } = await open()
      await create(1)
      const { records, options } = listen([[topic, { from: 'time', backMs: 0 }]])
      const tail = another().tail(options)
      await live(tail)
      await harness.grow(topic, 4)
      await eventually('they can be written', async () => {
        await sendNumbers(0, 40, 40)
        return (await bus.ends(topic)).every(({ high }) => high > 0)
      })
      const stored = (await bus.read(topic)).length
      await eventually('all are there', () => records.length >= stored)
      expect(records).toHaveLength(stored)
    })

    it('resets a topic whose log is shorter than what was read', async () => {
      const { harness, bus, another, topic, eventually, create, sendNumbers, live } = await open()
      await create(1)
      await sendNumbers(0, 20)
      const { records, said, options } = listen([[topic, { from: 'beginning' }]])
      const tail = another().tail(options)
      await live(tail)
      await harness.recreate({ topic, partitions: 1, config })
      await eventually('it can be written', async () => {
        const result = await Promise.allSettled([bus.send(topic, [out('a', 100)])])
        return result[0].status === 'fulfilled'
      })
      await eventually('it is reset', () => said.includes('reset log_shorter'))
      expect(said.filter((word) => word === 'epoch')).toHaveLength(1)
      await eventually('all are there', () => numbers(records).includes(100))
      await live(tail)
    })
  })
}
