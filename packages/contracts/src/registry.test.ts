import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelByName, channels, channelsOfRoom, commands, isSubscribable } from './registry.ts'
import { adapterRoom, parseRoom, roomName, roomOfAdapter, userRoom } from './room.ts'
import { topics } from './topics.ts'

const slug = fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,3}$/)
const product = fc.stringMatching(/^[A-Z0-9]{1,12}-[A-Z]{2,6}$/)

describe('channels', () => {
  it('have names and topics of their own', () => {
    expect(new Set(channels.map((c) => c.name)).size).toBe(channels.length)
    expect(new Set(topics.map((t) => t.topic)).size).toBe(topics.length)
  })

  it('never grow past their retention before they are called stale', () => {
    for (const { name, ages } of channels) {
      expect(ages.staleAfterMs, name).toBeLessThanOrEqual(ages.retentionMs)
      expect(ages.refreshAfterMs ?? 0, name).toBeLessThan(ages.staleAfterMs)
    }
  })

  it('keep sampled history uncompacted and in segments a quarter of the retention', () => {
    for (const channel of channels.filter((c) => c.onKafka)) {
      const config = topics.find((t) => t.topic === channel.topic)?.config ?? {}
      expect(Number(config['segment.ms']), channel.name).toBeLessThanOrEqual(
        channel.ages.retentionMs / 4,
      )
      if (channel.history.kind === 'sampled')
        expect(Number(config['min.compaction.lag.ms'])).toBeGreaterThanOrEqual(
          channel.history.spanMs,
        )
      expect(config['cleanup.policy']).toBe(
        channel.delivery === 'ordered' ? 'delete' : 'compact,delete',
      )
    }
  })

  it('answer every command', () => {
    for (const command of commands) {
      const channel = channelByName(command.refreshes)
      expect(channel?.ages.refreshAfterMs, command.name).toBeGreaterThan(0)
      expect(channel?.producer).toBe(command.service)
    }
  })
})

describe('rooms', () => {
  it('are subscribable when a contract can produce them', () => {
    for (const room of ['crypto.global', 'crypto.BTC-USD', 'weather.oslo-no', 'platform.canary'])
      expect(isSubscribable(room), room).toBe(true)
  })

  it('of users are never subscribable', () => {
    expect(isSubscribable(userRoom('A'.repeat(22)))).toBe(false)
  })

  it('refuse whatever else is asked for', () => {
    for (const room of ['', '.', 'crypto', 'crypto.', '.global', 'crypto.btc', 'weather.global.x'])
      expect(isSubscribable(room), room).toBe(false)
    fc.assert(
      fc.property(fc.string(), (room) => {
        if (isSubscribable(room)) expect(parseRoom(room)).toBeDefined()
      }),
    )
  })

  it('list the channels that feed them', () => {
    expect(channelsOfRoom('crypto.BTC-USD').map((c) => c.name)).toEqual([
      'crypto.candles',
      'crypto.trades',
    ])
    expect(channelsOfRoom('platform.global').map((c) => c.name)).toEqual([
      'platform.sources',
      'platform.stats',
    ])
  })

  it('never reach the adapter with 20 characters, and never two under one name', () => {
    const rooms = fc.oneof(
      slug.map((s) => roomName('weather', s)),
      product.map((p) => roomName('crypto', p)),
    )
    fc.assert(
      fc.property(rooms, rooms, (a, b) => {
        expect(adapterRoom(a)).not.toHaveLength(20)
        expect(roomOfAdapter(adapterRoom(a))).toBe(a)
        if (a !== b) expect(adapterRoom(a)).not.toBe(adapterRoom(b))
      }),
    )
    expect(adapterRoom('weather.singapore-sg')).not.toHaveLength(20)
  })
})
