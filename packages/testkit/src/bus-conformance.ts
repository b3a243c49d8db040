import type {
  Bus,
  GroupOptions,
  InRecord,
  Leadership,
  OutRecord,
  Tail,
  TailOptions,
  TailStart,
  TopicSpec,
} from '@flux/runtime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

/** A log under test. Topics and groups are made unique by the suite, so a broker may be shared. */
export interface BusHarness {
  /** Another bus on the same log; closed by the suite. */
  bus(): Bus
  /** Lets time pass, at least a bit and at most `ms` milliseconds a call. */
  pass(ms: number): Promise<void>
  /** Deletes the records below `low`. */
  trim(topic: string, partition: number, low: number): Promise<void>
  /** Deletes a topic and creates it again, empty. */
  recreate(spec: TopicSpec): Promise<void>
  grow(topic: string, partitions: number): Promise<void>
  close(): Promise<void>
}

const epochTopic: TopicSpec = {
  topic: 'flux.epoch',
  partitions: 1,
  config: { 'retention.ms': '-1' },
}
const config = { 'message.timestamp.type': 'LogAppendTime' }
const out = (key: string, value: unknown, headers: Record<string, string> = {}): OutRecord => ({
  key,
  value: value === null ? null : JSON.stringify(value),
  headers,
})
const numbers = (records: readonly InRecord[]) =>
  records.map((record) => Number(record.value?.toString())).sort((a, b) => a - b)
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index)

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

/** Registers the tests that every adapter of the bus port passes. */
export const busConformance = (name: string, makeHarness: () => Promise<BusHarness>): void => {
  describe(`bus conformance: ${name}`, () => {
    let harness: BusHarness
    let bus: Bus
    let topic: string
    let group: string
    const others: Bus[] = []

    const another = () => {
      const made = harness.bus()
      others.push(made)
      return made
    }
    /** Passes time until the condition holds; one that never does fails the test. */
    const eventually = async (what: string, condition: () => boolean | Promise<boolean>) => {
      for (let tries = 0; tries < 1500; tries += 1) {
        if (await condition()) return
        await harness.pass(20)
      }
      expect.unreachable(`never: ${what}`)
    }
    const create = async (partitions = 3) => {
      await bus.ensureTopics([epochTopic, { topic, partitions, config }])
    }
    const sendNumbers = async (from: number, to: number, keys = 7) => {
      await Promise.all(range(from, to).map((n) => bus.send(topic, [out(`k${n % keys}`, n)])))
    }
    const live = (tail: Tail) => eventually('the tail is live', () => tail.state() === 'live')

    /** Joins with a handler that collects, and counts how often work began and ended. */
    const join = async (on: Bus, options: Partial<GroupOptions> = {}) => {
      const handled: InRecord[] = []
      const seen = { began: 0, ended: 0, fence: undefined as Leadership | undefined }
      const member = await on.join({
        group,
        topics: [topic],
        leadTopic: topic,
        handler: (record) => {
          handled.push(record)
          return Promise.resolve()
        },
        onLead: async (fence, signal) => {
          seen.began += 1
          seen.fence = fence
          await new Promise((resolve) => signal.addEventListener('abort', resolve))
          seen.ended += 1
        },
        ...options,
      })
      return { member, handled, seen }
    }
    const joined = async (on: Bus, options: Partial<GroupOptions> = {}) => {
      const made = await join(on, options)
      await eventually('the member has joined', () => made.member.healthy())
      return made
    }

    beforeEach(async () => {
      harness = await makeHarness()
      bus = another()
      topic = `conformance.${crypto.randomUUID()}`
      group = `conformance-${crypto.randomUUID()}`
    })
    afterEach(async () => {
      await Promise.all(others.splice(0).map((made) => made.close()))
      await harness.close()
    })

    describe('records', () => {
      it('keeps the order of what is sent under one key', async () => {
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
        await create(1)
        await bus.send(topic, [
          out('a', { n: 'ä🌧' }, { 'flux-id': 'x', empty: '' }),
          out('a', null),
        ])
        const [first, second, ...rest] = await bus.read(topic)
        expect(rest).toEqual([])
        expect(first).toMatchObject({ topic, partition: 0, offset: 0, key: 'a' })
        expect(first?.value?.toString()).toBe('{"n":"ä🌧"}')
        expect(first?.headers).toEqual({ 'flux-id': 'x', empty: '' })
        expect(first?.timestamp).toBeGreaterThan(1_600_000_000_000)
        expect(second).toMatchObject({ offset: 1, key: 'a', value: null, headers: {} })
      })

      it('puts one key into one partition and uses all of them', async () => {
        await create()
        await sendNumbers(0, 100, 50)
        const records = await bus.read(topic)
        const places = new Set(records.map(({ key, partition }) => `${key}/${partition}`))
        expect(places.size).toBe(50)
        expect(new Set(records.map(({ partition }) => partition)).size).toBe(3)
      })

      it('says that a topic is missing', async () => {
        const missing = { code: 'topic_missing', retryable: true }
        await expect(bus.send(topic, [out('a', 1)])).rejects.toMatchObject(missing)
        await expect(bus.ends(topic)).rejects.toMatchObject(missing)
        await expect(bus.read(topic)).rejects.toMatchObject(missing)
      })

      it('sends to the topics that exist while one that is missing is refused', async () => {
        await create()
        const [good, bad] = await Promise.allSettled([
          bus.send(topic, [out('a', 1)]),
          bus.send(`${topic}.missing`, [out('a', 1)]),
        ])
        expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected'])
        expect(await bus.read(topic)).toHaveLength(1)
      })

      it('rejects with the reason of a signal that is aborted already', async () => {
        await create()
        const reason = new Error('stop')
        await expect(bus.send(topic, [out('a', 1)], AbortSignal.abort(reason))).rejects.toBe(reason)
      })

      it('reports the ends of every partition', async () => {
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
        await create(3)
        await sendNumbers(0, 5)
        await bus.ensureTopics([{ topic, partitions: 1, config: {} }])
        expect(await bus.ends(topic)).toHaveLength(3)
        expect(await bus.read(topic)).toHaveLength(5)
      })
    })

    describe('tail', () => {
      it('reads from the beginning, then goes live, each record once and in order', async () => {
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
        await create()
        const { records, options } = listen([[topic, { from: 'beginning' }]])
        await live(another().tail(options))
        expect(records).toEqual([])
      })

      it('starts at a time', async () => {
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
        await bus.ensureTopics([epochTopic])
        const { records, options } = listen([[topic, { from: 'beginning' }]])
        const tail = another().tail(options)
        await eventually('it is dark', () => tail.state() === 'dark')
        await create()
        await sendNumbers(0, 5)
        await live(tail)
        expect(numbers(records)).toEqual(range(0, 5))
      })

      it('reads partitions that are added later from their beginning', async () => {
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

    describe('group', () => {
      it('hands every record to one member and does not hand out again what is committed', async () => {
        await create()
        const first = await joined(another())
        await sendNumbers(0, 30)
        await eventually('all are handled', () => first.handled.length >= 30)
        await first.member.close()
        const second = await joined(another())
        await sendNumbers(30, 40)
        await eventually('the new ones are handled', () => second.handled.length >= 10)
        expect(numbers(first.handled)).toEqual(range(0, 30))
        expect(numbers(second.handled)).toEqual(range(30, 40))
      })

      it('shares the partitions among its members', async () => {
        await create(6)
        const [a, b] = [await joined(another()), await joined(another())]
        await eventually('both get something', async () => {
          await sendNumbers(0, 30, 30)
          return a.handled.length > 0 && b.handled.length > 0
        })
      })

      it('hands a record out again when its handler throws, before the next one', async () => {
        await create(1)
        const tried: number[] = []
        await join(another(), {
          handler: (record) => {
            tried.push(record.offset)
            const fails = record.offset === 1 && tried.filter((n) => n === 1).length < 3
            return fails ? Promise.reject(new Error('not yet')) : Promise.resolve()
          },
        })
        await sendNumbers(0, 3)
        await eventually('all are handled', () => tried.includes(2))
        expect(tried).toEqual([0, 1, 1, 1, 2])
      })

      it('has exactly one leader', async () => {
        await create()
        const members = [await joined(another()), await joined(another()), await joined(another())]
        await eventually('one leads', () => members.some(({ member }) => member.leadership.held()))
        for (const _ of range(0, 10)) {
          await harness.pass(20)
          const held = members.filter(({ member }) => member.leadership.held())
          expect(held.length).toBeLessThanOrEqual(1)
        }
        expect(members.reduce((sum, { seen }) => sum + seen.began - seen.ended, 0)).toBe(1)
      })

      it('lets another member lead when the leader closes, whose fence is then shut', async () => {
        await create()
        const a = await joined(another())
        await eventually('the first leads', () => a.seen.began === 1)
        expect(() => a.seen.fence?.assert()).not.toThrow()
        const b = await joined(another())
        await a.member.close()
        expect(a.seen.ended).toBe(1)
        expect(a.member.leadership.held()).toBe(false)
        expect(() => a.seen.fence?.assert()).toThrowError(
          expect.objectContaining({ code: 'not_leader', retryable: false }),
        )
        await eventually('the second leads', () => b.seen.began === 1)
        expect(b.member.leadership.held()).toBe(true)
      })

      it('does not interrupt the leader when others come and go', async () => {
        await create()
        const leader = await joined(another())
        await eventually('it leads', () => leader.seen.began === 1)
        const second = await joined(another())
        const third = await joined(another())
        await second.member.close()
        await harness.pass(20)
        await third.member.close()
        await eventually('it leads still', () => leader.member.leadership.held())
        expect(leader.seen).toMatchObject({ began: 1, ended: 0 })
        expect(second.seen.began + third.seen.began).toBe(0)
      })

      it('starts failed leader work again', async () => {
        await create()
        let began = 0
        await join(another(), {
          onLead: async (_, signal) => {
            began += 1
            if (began === 1) throw new Error('not yet')
            await new Promise((resolve) => signal.addEventListener('abort', resolve))
          },
        })
        await eventually('it began again', () => began === 2)
      })

      it('aborts what runs when the member closes', async () => {
        await create(1)
        const began = Promise.withResolvers<AbortSignal>()
        const { member } = await join(another(), {
          handler: async (_, { signal }) => {
            began.resolve(signal)
            await new Promise((resolve) => signal.addEventListener('abort', resolve))
          },
        })
        await sendNumbers(0, 1)
        await eventually('it runs', async () => {
          const none = Promise.resolve(undefined)
          return (await Promise.race([began.promise, none])) !== undefined
        })
        await member.close()
        expect((await began.promise).aborted).toBe(true)
        expect(member.healthy()).toBe(false)
      })
    })
  })
}
