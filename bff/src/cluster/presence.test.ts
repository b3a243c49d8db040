import { statsPeriodMs } from '@flux/contracts'
import { manualClock } from '@flux/testkit'
import { Server } from 'socket.io'
import { describe, expect, it } from 'vitest'
import { type Occupancy, occupancyOf, watchPresence } from './presence.ts'

const room = 'crypto.global'
const odd = 'weather.abcdef-gh-ij'

const watched = () => {
  const clock = manualClock()
  const io = new Server()
  const told: string[] = []
  const peers: Occupancy[] = []
  const stop = watchPresence({
    ...{ io, clock, stats: { peerRooms: () => peers } },
    fanout: { tell: (name, event, json) => told.push(`${name} ${event} ${json}`) },
  })
  const { adapter } = io.of('/')
  const join = (id: string, ...rooms: string[]) => {
    void adapter.addAll(id, new Set([id, ...rooms]))
  }
  const period = () => clock.advance(statsPeriodMs)
  return { clock, io, adapter, told, peers, stop, join, period }
}

describe('presence', () => {
  it('counts the rooms of the contracts, not those of sockets and users', () => {
    const { io, join } = watched()
    expect(odd).toHaveLength(20)
    join('one', room, `user.${'a'.repeat(22)}`, `${odd}.`)
    join('two', room)
    expect(occupancyOf(io)).toEqual(
      new Map([
        [room, 2],
        [odd, 1],
      ]),
    )
  })

  it('is the sum over all replicas, told when it has changed', async () => {
    const { told, peers, join, period, adapter, stop, clock } = watched()
    join('one', room)
    peers.push(new Map([[room, 3]]), new Map([['news.global', 5]]))
    await period()
    expect(told).toEqual([`${room} presence {"room":"${room}","count":4}`])
    await period()
    expect(told).toHaveLength(1)
    peers.splice(0, 1)
    await period()
    expect(told[1]).toContain('"count":1')
    adapter.delAll('one')
    await period()
    join('two', room)
    await period()
    expect(told).toHaveLength(3)
    stop()
    expect(clock.pending()).toBe(0)
    expect(adapter.listenerCount('join-room')).toBe(0)
  })
})
