import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../src/index.ts'
import { connect, manualClock, request, startManual, subscribe, until } from './support.ts'

const ticker = (id: number, time: string) =>
  JSON.stringify({
    type: 'ticker',
    sequence: 9_000_000_000 + id * 10,
    product_id: 'BTC-USD',
    price: `${70_000 + id}.5`,
    side: 'buy',
    time: `2026-03-01T10:00:${time}Z`,
    trade_id: id,
    last_size: '0.25',
  })
const lines = [
  '{"type":"subscriptions","channels":[]}',
  ticker(1, '00.000000'),
  ticker(2, '00.500000'),
  'not a frame',
  '{"type":"heartbeat","last_trade_id":2,"product_id":"BTC-USD","sequence":9000000021,"time":"2026-03-01T10:00:01.000000Z"}',
  ticker(3, '04.000000'),
]

let folder: string
let file: string
let clock: ReturnType<typeof manualClock>
let sandbox: Sandbox
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flux-replay-'))
  file = join(folder, 'frames.jsonl')
  await writeFile(file, lines.join('\n'))
  clock = manualClock()
  sandbox = await startManual({ clock })
})
afterEach(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true })
})

const follow = async () => {
  const client = await connect(sandbox)
  await subscribe(client, { products: ['BTC-USD'], channels: ['ticker', 'heartbeat'], expect: 2 })
  return client
}
const replayed = (count: number) =>
  until(() => (sandbox.control.state().replay?.framesReplayed ?? 0) >= count)

describe('a replay', () => {
  it('sends the recorded frames byte for byte at their spacing', async () => {
    const client = await follow()
    await sandbox.control.startReplay({ file, speed: 2 })
    await replayed(2)
    await client.received(1)
    expect(client.frames).toEqual([lines[1]])
    await until(() => clock.pending() > 0)
    await clock.advance(250)
    await client.received(2)
    await until(() => clock.pending() > 0)
    await clock.advance(250)
    await client.received(3)
    expect(client.frames).toEqual([lines[1], lines[2], lines[4]])
    expect(sandbox.control.state().replay).toEqual({ file, framesReplayed: 4, badLines: 1 })
  })

  it('sends at a fixed rate when told to, then gives the stream back to the market', async () => {
    const client = await follow()
    await sandbox.control.startReplay({ file, framesPerSecond: 1 })
    for (let i = 1; i <= 5 && sandbox.control.state().replay; i++) {
      await replayed(i)
      if (i === 5) break
      await until(() => clock.pending() > 0)
      await clock.advance(1_000)
      if (i === 4) await until(() => sandbox.control.state().replay === null)
    }
    await client.received(4)
    client.frames.length = 0
    sandbox.control.step({ matches: 1, product: 'BTC-USD' })
    const [next] = await client.take(1)
    expect(next.trade_id).toBe(4)
  })

  it('tells the same trades over REST, and the last one to whoever comes', async () => {
    await sandbox.control.startReplay({ file })
    await replayed(2)
    const client = await connect(sandbox)
    const products = ['BTC-USD']
    const [, last] = await subscribe(client, { products, channels: ['ticker'], expect: 2 })
    expect(last).toEqual(JSON.parse(lines[1] ?? ''))
    const { json } = await request(sandbox, '/coinbase/products/BTC-USD/trades')
    expect(json()).toEqual([
      {
        trade_id: 1,
        side: 'sell',
        size: '0.25000000',
        price: '70001.50000000',
        time: '2026-03-01T10:00:00.000000Z',
      },
    ])
    expect(await sandbox.control.stopReplay()).toBe(true)
    expect(await sandbox.control.stopReplay()).toBe(false)
  })

  it('does not let the market step meanwhile', async () => {
    await sandbox.control.startReplay({ file, loop: true })
    expect(() => sandbox.control.step({ ms: 1 })).toThrow('replayed')
    await sandbox.control.startReplay({ file, loop: true })
    expect(sandbox.control.state().replay?.file).toBe(file)
  })
})
