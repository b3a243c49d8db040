import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cryptoTrades, topics } from '@flux/contracts'
import { type Bus, createKafkaBus, createLog, createMetrics, systemClock } from '@flux/runtime'
import { startSandbox } from '@flux/sandbox'
import { testKafka } from '@flux/testkit'
import { expect, inject, it, onTestFinished, vi } from 'vitest'
import { byProduct, faultsIn } from './world.ts'

const main = new URL('../src/main.ts', import.meta.url).pathname

/** A process of the service and the address of its internal port. */
const startProcess = async (replica: string, env: Readonly<Record<string, string>>) => {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { ...env, REPLICA: replica, INTERNAL_PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const port = Promise.withResolvers<number>()
  let text = ''
  child.stdout?.on('data', (data: Buffer) => {
    text += data.toString()
    const found = /"internalPort":(\d+)/.exec(text)
    if (found) port.resolve(Number(found[1]))
  })
  const url = `http://127.0.0.1:${await port.promise}`
  return {
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    isReady: async () => (await fetch(`${url}/readyz`)).ok,
    frames: async () => {
      const body = await (await fetch(`${url}/metrics`)).text()
      const lines = body.split('\n').filter((l) => l.startsWith('flux_crypto_frames_total'))
      return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    },
  }
}

const tradesIn = async (bus: Bus) =>
  (await bus.read(cryptoTrades.topic)).map(({ value }) =>
    cryptoTrades.schema.parse(JSON.parse(value?.toString() ?? '')),
  )

it('on real Kafka a second process publishes nothing, takes over within 15 s of the first one’s death, and no trade is missing', async () => {
  const kafka = await testKafka()
  onTestFinished(kafka.close)
  const sandbox = await startSandbox({ rate: 100 })
  onTestFinished(sandbox.close)
  const bus = createKafkaBus({
    brokers: [kafka.brokers],
    clientId: 'observer',
    log: createLog({ name: 'observer', level: 'silent' }),
    metrics: createMetrics(),
    clock: systemClock,
  })
  onTestFinished(bus.close)
  await bus.ensureTopics(topics)
  const env = {
    KAFKA_BROKERS: kafka.brokers,
    VALKEY_URL: inject('valkeyUrl'),
    COINBASE_WS_URL: `ws://127.0.0.1:${sandbox.port}/coinbase/ws`,
    COINBASE_REST_URL: `${sandbox.url}/coinbase`,
    COINGECKO_URL: `${sandbox.url}/coingecko/api/v3`,
  }
  const newest = () => sandbox.market.instruments.get('BTC-USD')?.last().id ?? 0
  const reaches = (id: number, timeout: number) =>
    vi.waitFor(
      async () => {
        const trades = byProduct(await tradesIn(bus)).get('BTC-USD') ?? []
        expect(trades.at(-1)?.tradeId).toBeGreaterThan(id)
      },
      { timeout, interval: 200 },
    )

  const first = await startProcess('first', env)
  await reaches(newest(), 20_000)
  const second = await startProcess('second', env)
  await vi.waitFor(async () => expect(await second.isReady()).toBe(true), { timeout: 20_000 })
  await reaches(newest(), 10_000)
  expect(await first.frames()).toBeGreaterThan(0)
  expect(await second.frames()).toBe(0)

  await first.kill()
  await reaches(newest(), 15_000)
  expect(await second.frames()).toBeGreaterThan(0)
  const trades = await tradesIn(bus)
  expect(faultsIn(trades)).toEqual([])
  expect(trades.every(({ kind }) => kind === 'trade')).toBe(true)
}, 90_000)
