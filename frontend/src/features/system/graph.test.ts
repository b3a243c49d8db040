import { channels } from '@flux/contracts'
import { describe, expect, it } from 'vitest'
import { providerOf, servicesOf, shortService, wholeRooms } from './graph.ts'

describe('servicesOf', () => {
  it('gives every topic of the contracts to one service', () => {
    const drawn = servicesOf(channels, []).flatMap((service) => service.channels)
    const topics = channels.filter(({ onKafka }) => onKafka).map(({ name }) => name)
    expect(drawn.toSorted()).toEqual(topics.toSorted())
  })

  it('puts providers at their services, and keeps one whose service writes nothing', () => {
    const services = servicesOf(channels, [
      'crypto-service/coingecko',
      'other-service/x',
      'crypto-service/coinbase',
    ])
    const sourcesOf = (name: string) => services.find((one) => one.name === name)?.sources
    expect(sourcesOf('crypto-service')).toEqual([
      'crypto-service/coinbase',
      'crypto-service/coingecko',
    ])
    expect(sourcesOf('other-service')).toEqual(['other-service/x'])
    expect(services.at(-1)?.name).toBe('every-service')
  })
})

it('names services and providers shortly', () => {
  expect(shortService('crypto-service')).toBe('crypto')
  expect(shortService('every-service')).toBe('every service')
  expect(providerOf('crypto-service/coinbase')).toBe('coinbase')
})

it('knows the rooms that show whole channels', () => {
  const rooms = wholeRooms(channels)
  expect(rooms).toContain('crypto.global')
  expect(rooms).toContain('platform.canary')
  expect(new Set(rooms).size).toBe(rooms.length)
  expect(rooms.some((room) => room.startsWith('weather.'))).toBe(false)
})
