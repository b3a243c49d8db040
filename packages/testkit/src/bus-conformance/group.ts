import type { Bus, GroupOptions, InRecord, Leadership } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { type Bench, numbers, range } from './bench.ts'

/** A way to join the group: with a handler that collects, and a count of how often work began and ended. */
const joinerOf = ({ topic, group, eventually }: Bench) => {
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
  return { join, joined }
}

/** Registers the tests of consumer groups and their leader. */
export const groupTests = (openBench: () => Promise<Bench>): void => {
  const open = async () => {
    const bench = await openBench()
    return { ...bench, ...joinerOf(bench) }
  }

  describe('group', () => {
    it('hands every record to one member and does not hand out again what is committed', async () => {
      const { another, eventually, create, sendNumbers, joined } = await open()
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
      const { another, eventually, create, sendNumbers, joined } = await open()
      await create(6)
      const [a, b] = [await joined(another()), await joined(another())]
      await eventually('both get something', async () => {
        await sendNumbers(0, 30, 30)
        return a.handled.length > 0 && b.handled.length > 0
      })
    })

    it('hands a record out again when its handler throws, before the next one', async () => {
      const { another, eventually, create, sendNumbers, join } = await open()
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
      const { harness, another, eventually, create, joined } = await open()
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
      const { another, eventually, create, joined } = await open()
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
      const { harness, another, eventually, create, joined } = await open()
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
      const { another, eventually, create, join } = await open()
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
      const { another, eventually, create, sendNumbers, join } = await open()
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
}
