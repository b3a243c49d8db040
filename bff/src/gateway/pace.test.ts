import { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import { PassThrough } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { manualClock } from '@flux/testkit'
import { expect, it } from 'vitest'
import { paceUpgrades } from './pace.ts'

const setUp = (costMs: number) => {
  const clock = manualClock()
  let spent = 0
  const server = new EventEmitter() as unknown as Server
  const handled: unknown[] = []
  server.on('upgrade', (request) => {
    spent += costMs
    handled.push(request)
  })
  paceUpgrades(server, { ...clock, monotonic: () => spent })
  const come = (name: string) => {
    const socket = new PassThrough()
    server.emit('upgrade', name, socket, undefined)
    return socket
  }
  return { handled, come }
}

it('gives the loop a turn after every slice, and keeps the order', async () => {
  const { handled, come } = setUp(1)
  const names = Array.from({ length: 12 }, (_, index) => `client ${index}`)
  for (const name of names) come(name)
  const seen: number[] = []
  while (handled.length < names.length) {
    seen.push(handled.length)
    await turn()
  }
  expect(seen.length).toBeGreaterThanOrEqual(2)
  expect(
    Math.max(...seen.map((count, index) => count - (seen[index - 1] ?? 0))),
  ).toBeLessThanOrEqual(5)
  expect(handled).toEqual(names)
})

it('leaves out who has gone while waiting, and bears a socket that breaks', async () => {
  const { handled, come } = setUp(10)
  come('first')
  const gone = come('gone')
  gone.destroy(new Error('reset by peer'))
  come('last')
  while (!handled.includes('last')) await turn()
  expect(handled).toEqual(['first', 'last'])
})

it('serves who comes after a crowd', async () => {
  const { handled, come } = setUp(1)
  come('one')
  while (handled.length < 1) await turn()
  await turn()
  come('two')
  while (handled.length < 2) await turn()
  expect(handled).toEqual(['one', 'two'])
})
