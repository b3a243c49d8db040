import type { Place } from '@flux/contracts'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import type { Membership } from '../gateway/membership.ts'
import { createBucket } from '../gateway/rate.ts'
import { createHomeSlot, type Home } from './home.ts'

const place = (id: string): Place => ({
  ...{ id, name: id, country: 'NO', latitude: 0, longitude: 0, zone: 'Europe/Oslo' },
})
const homeAt = (id: string | null, ver: number): Home => ({
  ...{ field: 'home', value: id === null ? null : place(id), ver },
})

/** A slot whose turn comes when the test says so. */
const slot = (coldPerMinute = 100) => {
  const clock = manualClock()
  const done: string[] = []
  const closers: (() => void)[] = []
  const turns: (() => void)[] = []
  const errors: unknown[] = []
  const cold = createBucket({ burst: coldPerMinute, perSecond: coldPerMinute / 60 })
  const state: { room: string | undefined; epoch: string | undefined; connected: boolean } = {
    ...{ room: undefined, epoch: 'e', connected: true },
  }
  const membership: Membership = {
    subscribed: () => new Set(),
    home: () => state.room,
    takeCold: () => cold.take(clock.monotonic()),
    inTurn: (change) =>
      new Promise((resolve) => {
        turns.push(() => {
          change()
          resolve()
        })
      }),
    betweenFlushes: () => Promise.resolve(),
    subscribe: () => [],
    settle: (room) => {
      state.room = room
      done.push(`join ${room}`)
    },
    hydrate: (rooms) => {
      done.push(`hydrate ${rooms.join()}`)
      return 1
    },
  }
  const connection = {
    get connected() {
      return state.connected
    },
    conn: { once: (_: string, close: () => void) => closers.push(close) },
    emit: (_: string, { value }: Home) => done.push(`tell ${value?.id}`),
  }
  const home = createHomeSlot(connection, {
    ...{ clock, membership, epoch: () => state.epoch, onError: (error) => errors.push(error) },
  })
  const turn = async () => {
    turns.shift()?.()
    await clock.advance(0)
  }
  const close = () => {
    state.connected = false
    for (const fn of closers) fn()
  }
  return { clock, home, done, turns, turn, state, errors, close }
}

describe('the home slot of a connection', () => {
  it('answers between the join and the hydrate when its own user moves', async () => {
    const { home, done, turn } = slot()
    const moved = home.move(homeAt('oslo-no', 1), () => done.push('answer'))
    await turn()
    await moved
    expect(done).toEqual([
      ...['answer', 'tell oslo-no', 'join weather.oslo-no', 'hydrate weather.oslo-no'],
    ])
  })

  it('tells what it follows at once, and of many homes before its turn joins the newest only', async () => {
    const { home, done, turn, turns } = slot()
    for (const [index, id] of ['oslo-no', 'rome-it', 'paris-fr'].entries())
      home.follow(homeAt(id, index))
    home.follow(homeAt('late-xx', 1))
    expect(done).toEqual(['tell oslo-no', 'tell rome-it', 'tell paris-fr'])
    await turn()
    expect(done.slice(3)).toEqual(['join weather.paris-fr', 'hydrate weather.paris-fr'])
    expect(turns).toEqual([])
    home.follow(homeAt('paris-fr', 7))
    expect(home.newest()?.ver).toBe(7)
    expect(turns).toEqual([])
    home.follow(homeAt(null, 8))
    await turn()
    expect(done.slice(5)).toEqual(['tell paris-fr', 'tell undefined', 'join undefined'])
  })

  it('waits where it has joined too often, and then goes to the newest', async () => {
    const { home, done, turn, clock } = slot(2)
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
      home.follow(homeAt(id, index))
      await turn()
    }
    expect(done.filter((what) => what.startsWith('join'))).toEqual([
      ...['join weather.a', 'join weather.b'],
    ])
    expect(home.refusal()).toMatchObject({ code: 'rate_limited' })
    await clock.advance(30_000)
    await turn()
    expect(done.at(-1)).toBe('hydrate weather.d')
    expect(clock.pending()).toBe(0)
  })

  it('waits for the log to be known, and for nothing once it is closed', async () => {
    const { home, done, turn, clock, state, close, errors } = slot()
    state.epoch = undefined
    expect(home.refusal()).toMatchObject({ code: 'busy' })
    home.follow(homeAt('oslo-no', 1))
    await clock.advance(3_000)
    state.epoch = 'e'
    await clock.advance(1_000)
    await turn()
    expect(done.at(-1)).toBe('hydrate weather.oslo-no')
    state.epoch = undefined
    home.follow(homeAt('rome-it', 2))
    close()
    expect(clock.pending()).toBe(0)
    expect(errors).toEqual([])
  })

  it('enters the newer home when another tab moves while it is in line', async () => {
    const { home, done, turn } = slot()
    const moved = home.move(homeAt('oslo-no', 1), () => done.push('answer'))
    home.follow(homeAt('rome-it', 2))
    await turn()
    await turn()
    await moved
    expect(done).toEqual([
      ...['tell rome-it', 'answer', 'tell rome-it', 'join weather.rome-it'],
      'hydrate weather.rome-it',
    ])
  })
})
