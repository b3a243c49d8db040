import { type Stack, startStack } from '@flux/scripts/stack'
import { type Checker, eventually, openChecker } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const clients = 200
const product = 'BTC-USD'
const rooms = ['crypto.global', `crypto.${product}`]

/** What the log holds of a product after an id, as a client that asks now is told. */
const idsAfter = (all: readonly number[], id: number) => all.filter((one) => one > id)

describe('two replicas and 200 watching clients', () => {
  let stack: Stack
  let checkers: readonly Checker[] = []

  const isLive = ({ client }: Checker) => rooms.every((room) => client.room(room) === 'live')

  beforeAll(async () => {
    stack = await startStack({ env: { sandbox: { SANDBOX_RATE: '200' } } })
    checkers = Array.from({ length: clients }, () => openChecker(stack.url, rooms))
    await eventually('all to be live', () => checkers.every(isLive), 60_000)
  })

  afterAll(async () => {
    for (const checker of checkers) checker.close()
    await stack?.close()
  })

  it('are all back on the other one within 10 s of a SIGKILL, recovered, with nothing lost or doubled', async () => {
    const clientsOf = (name: string | undefined) =>
      checkers.filter(({ client }) => client.status().replica === name)
    const [victim] = stack.bff.toSorted(
      (a, b) => clientsOf(b.name).length - clientsOf(a.name).length,
    )
    const lastId = (c: Checker) => c.trades(product).at(-1) ?? 0
    await eventually('trades at every client', () =>
      checkers.every((c) => c.trades(product).length > 20),
    )
    const firstIds = checkers.map((c) => c.trades(product)[0] ?? 0)
    const onVictim = clientsOf(victim?.name)
    expect(onVictim.length).toBeGreaterThanOrEqual(clients / 2)

    await victim?.kill('SIGKILL')
    const killedAt = performance.now()
    await eventually('the victim to be missed', () =>
      onVictim.every(({ client }) => client.status().phase !== 'live'),
    )
    await eventually(
      'everybody to be back',
      () =>
        checkers.every(isLive) && checkers.every(({ client }) => client.status().phase === 'live'),
      10_000,
    )
    expect(performance.now() - killedAt).toBeLessThan(10_000)

    for (const { client } of onVictim) {
      expect(client.status().lastResume?.outcome).toBe('recovered')
      expect(client.status().replica).not.toBe(victim?.name)
      expect(client.counters().outcomes).toMatchObject({ reset: 0 })
    }
    const mark = Math.max(...checkers.map(lastId))
    await eventually('everybody to have what the first one had', () =>
      checkers.every((c) => lastId(c) >= mark),
    )
    for (const checker of checkers) expect(checker.faults()).toEqual([])

    // Trade ids have no holes: every client holds every id from its first to the common last one.
    checkers.forEach((checker, index) => {
      const first = firstIds[index] ?? 0
      const wanted = Array.from({ length: mark - first + 1 }, (_, i) => first + i)
      expect(idsAfter(checker.trades(product), first - 1).filter((id) => id <= mark)).toEqual(
        wanted,
      )
    })
  })
})
