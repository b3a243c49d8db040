import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { FluxError } from '../../errors.ts'
import { createLog } from '../../telemetry/log.ts'
import type { GroupOptions } from '../port.ts'
import { createLeader } from './leader.ts'

const setUp = (onLead: GroupOptions['onLead']) => {
  const clock = manualClock()
  let beat = 0
  const leader = createLeader({
    clock,
    random: () => 0.5,
    log: createLog({ name: 'leader', level: 'silent' }),
    group: 'g',
    age: () => clock.monotonic() - beat,
    fenceMs: 3000,
    sessionMs: 6000,
    onLead,
  })
  return {
    clock,
    leader,
    beat: () => {
      beat = clock.monotonic()
    },
  }
}

/** Work that runs until it is aborted, and counts. */
const endless = () => {
  const seen = { began: 0, ended: 0 }
  const onLead: GroupOptions['onLead'] = async (_, signal) => {
    seen.began += 1
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    seen.ended += 1
  }
  return { seen, onLead }
}

describe('createLeader', () => {
  it('shuts the fence after half a session without a heartbeat, and opens it with the next', async () => {
    const { seen, onLead } = endless()
    const { clock, leader, beat } = setUp(onLead)
    leader.own(true)
    expect(leader.leadership.held()).toBe(true)
    await clock.advance(2999)
    expect(leader.leadership.held()).toBe(true)
    await clock.advance(1)
    expect(leader.leadership.held()).toBe(false)
    expect(() => leader.leadership.assert()).toThrowError(
      expect.objectContaining({ code: 'not_leader', retryable: false }),
    )
    beat()
    expect(leader.leadership.held()).toBe(true)
    expect(seen).toEqual({ began: 1, ended: 0 })
  })

  it('stops the work after a whole session, and starts it when the heartbeat is back', async () => {
    const { seen, onLead } = endless()
    const { clock, leader, beat } = setUp(onLead)
    leader.own(true)
    await clock.advance(6300)
    expect(seen).toEqual({ began: 1, ended: 1 })
    beat()
    await clock.advance(300)
    expect(seen).toEqual({ began: 2, ended: 1 })
  })

  it('stops the work at once when the partition goes', async () => {
    const { seen, onLead } = endless()
    const { clock, leader } = setUp(onLead)
    leader.own(true)
    leader.own(false)
    await clock.settle()
    expect(seen).toEqual({ began: 1, ended: 1 })
    expect(leader.leadership.held()).toBe(false)
  })

  it('never runs the work twice at the same time', async () => {
    const gate = Promise.withResolvers<void>()
    let running = 0
    let most = 0
    const { clock, leader } = setUp(async (_, signal) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      await gate.promise
      running -= 1
    })
    leader.own(true)
    leader.own(false)
    leader.own(true)
    await clock.advance(1000)
    expect(running).toBe(1)
    gate.resolve()
    await clock.advance(300)
    expect(most).toBe(1)
  })

  it('starts failed work again after a while, fenced work as soon as the fence is open', async () => {
    const errors: unknown[] = [
      new Error('a bug'),
      new FluxError('not_leader', 'fenced'),
      new Error('another'),
    ]
    let began = 0
    const { clock, leader, beat } = setUp(async () => {
      began += 1
      throw errors[began - 1] ?? new Error('again')
    })
    leader.own(true)
    await clock.settle()
    expect(began).toBe(1)
    await clock.advance(900)
    beat()
    expect(began).toBe(1)
    // Fenced off at once, and once more a quarter of a second later.
    await clock.advance(400)
    expect(began).toBe(3)
  })

  it('leaves work alone that has come to its end', async () => {
    let began = 0
    const { clock, leader, beat } = setUp(() => {
      began += 1
      return Promise.resolve()
    })
    leader.own(true)
    await clock.advance(2000)
    beat()
    await clock.advance(2000)
    expect(began).toBe(1)
  })

  it('aborts and waits for the work when it closes', async () => {
    const { seen, onLead } = endless()
    const { clock, leader } = setUp(onLead)
    leader.own(true)
    await leader.close()
    expect(seen).toEqual({ began: 1, ended: 1 })
    expect(clock.pending()).toBe(0)
  })
})
