import { EventEmitter } from 'node:events'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import { watchHandshakes } from './handshake.ts'

const open = () => {
  const clock = manualClock()
  const said: unknown[] = []
  const handshakes = watchHandshakes(clock, {
    refused: (why) => said.push(why),
    welcomed: (ms) => said.push(ms),
  })
  const connection = new EventEmitter()
  handshakes.begin(connection)
  return { clock, said, connection, ...handshakes }
}

describe('a handshake', () => {
  it('is timed until the session is told', async () => {
    const { clock, said, connection, asks, welcome } = open()
    asks(connection)
    await clock.advance(120)
    welcome(connection)
    await clock.advance(60_000)
    connection.emit('close')
    expect(said).toEqual([120])
  })

  it('counts as timed out when it was asked for and nobody answered for long', async () => {
    const { clock, said, connection, asks } = open()
    asks(connection)
    await clock.advance(10_000)
    connection.emit('close')
    expect(said).toEqual(['timeout'])
  })

  it.each([
    ['was not asked for', false, 10_000],
    ['was given up soon', true, 1_000],
  ])('counts for nothing when it %s', async (_, hasAsked, afterMs) => {
    const { clock, said, connection, asks } = open()
    if (hasAsked) asks(connection)
    await clock.advance(afterMs)
    connection.emit('close')
    expect(said).toEqual([])
  })

  it('is refused once, for the reason that was told', async () => {
    const { clock, said, connection, asks, refuse } = open()
    asks(connection)
    refuse(connection, 'busy')
    await clock.advance(10_000)
    connection.emit('close')
    expect(said).toEqual(['busy'])
  })
})
