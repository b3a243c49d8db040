import { type Stack, startStack } from '@flux/scripts/stack'
import { type Checker, eventually, openChecker } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const product = 'BTC-USD'
const rooms = ['crypto.global', `crypto.${product}`]

describe('the whole stack', () => {
  let stack: Stack
  let checkers: readonly Checker[] = []

  const priceAt = ({ client }: Checker) => client.read('crypto.ticker', product)?.receivedAt ?? 0
  /** Every client has been given a newer price and a newer trade than it had at the call. */
  const goesOn = async (what: string, deadlineMs = 30_000) => {
    const now = Date.now()
    const last = checkers.map((c) => c.trades(product).at(-1))
    await eventually(
      what,
      () => checkers.every((c, i) => priceAt(c) > now && c.trades(product).at(-1) !== last[i]),
      deadlineMs,
    )
  }
  const readiness = async (internalUrl: string | undefined) => {
    const answer = await fetch(`${internalUrl}/readyz`)
    const body: unknown = await answer.json()
    return { code: answer.status, status: Reflect.get(Object(body), 'status') }
  }
  const processes = () => [...stack.services.crypto, ...stack.bff, stack.edge]
  const pids = () => processes().map(({ pid }) => pid)

  beforeAll(async () => {
    stack = await startStack({ env: { sandbox: { SANDBOX_RATE: '60' } } })
    checkers = Array.from({ length: 10 }, () => openChecker(stack.url, rooms))
    await eventually(
      'live clients',
      () => checkers.every(({ client }) => rooms.every((room) => client.room(room) === 'live')),
      60_000,
    )
    await goesOn('the first prices')
  })

  afterAll(async () => {
    for (const checker of checkers) checker.close()
    await stack?.close()
  })

  it('goes on without Valkey, says degraded, and is whole again when it is back', async () => {
    const before = pids()
    await stack.valkey.kill('SIGKILL')
    await goesOn('prices without Valkey')
    await eventually('every replica to say so', async () => {
      const states = await Promise.all(stack.bff.map((part) => readiness(part.internalUrl)))
      return states.every(({ code, status }) => code === 200 && status === 'degraded')
    })
    await goesOn('more prices without Valkey')
    await stack.valkey.start()
    await eventually('every replica to be ready', async () => {
      const states = await Promise.all(stack.bff.map((part) => readiness(part.internalUrl)))
      return states.every(({ status }) => status === 'ready')
    })
    await goesOn('prices with Valkey')
    expect(pids()).toEqual(before)
    for (const checker of checkers) expect(checker.faults()).toEqual([])
  })

  it('keeps its values through 20 s without Kafka and goes on by itself', async () => {
    const before = pids()
    await stack.kafka.kill('SIGKILL')
    const values = checkers.map(({ client }) => client.read('crypto.ticker', product))
    const downUntil = Date.now() + 20_000
    await eventually('20 s to pass', () => Date.now() > downUntil, 25_000)
    checkers.forEach(({ client }, index) => {
      expect(client.status().phase).toBe('live')
      expect(client.read('crypto.ticker', product)?.version).toBeGreaterThanOrEqual(
        values[index]?.version ?? 0,
      )
    })
    await stack.kafka.start()
    await goesOn('prices after Kafka is back', 45_000)
    expect(pids()).toEqual(before)
    for (const checker of checkers) {
      expect(checker.faults()).toEqual([])
      expect(checker.client.counters().outcomes.reset).toBe(0)
    }
    const ids = checkers[0]?.trades(product) ?? []
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => (ids[0] ?? 0) + index))
  })

  it('resets every client when the data of Kafka is gone, and freezes none', async () => {
    const before = pids()
    const epochs = checkers.map(({ client }) => client.status().epoch)
    await stack.kafka.wipe()
    await stack.kafka.start()
    await stack.createTopics()
    await eventually(
      'the new log at every client',
      () => checkers.every(({ client }, index) => client.status().epoch !== epochs[index]),
      45_000,
    )
    await goesOn('prices of the new log', 45_000)
    for (const { client } of checkers) expect(client.counters().outcomes.reset).toBeGreaterThan(0)
    expect(pids()).toEqual(before)
  })
})
