import { type Stack, startStack } from '@flux/scripts/stack'
import { type Checker, eventually, openChecker } from '@flux/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const product = 'BTC-USD'

/** Records of crypto channels that a process has published, by its own count. */
const published = async (internalUrl: string | undefined): Promise<number> => {
  const text = await (await fetch(`${internalUrl}/metrics`)).text()
  return text
    .split('\n')
    .filter((line) => line.startsWith('flux_records_published_total{channel="crypto.'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

describe('two replicas of crypto-service', () => {
  let stack: Stack
  let checker: Checker

  beforeAll(async () => {
    stack = await startStack({
      services: { crypto: 2 },
      bff: 1,
      env: { sandbox: { SANDBOX_RATE: '100' } },
    })
    checker = openChecker(stack.url, ['crypto.global', `crypto.${product}`])
    await eventually('trades', () => checker.trades(product).length > 10, 60_000)
  })

  afterAll(async () => {
    checker?.close()
    await stack?.close()
  })

  it('have one leader, and the other takes over within 15 s of its death without a hole in the trade ids', async () => {
    const counts = await Promise.all(
      stack.services.crypto.map((part) => published(part.internalUrl)),
    )
    const [leader] = stack.services.crypto.filter((_, index) => (counts[index] ?? 0) > 0)
    const [follower] = stack.services.crypto.filter((part) => part !== leader)
    expect(counts.filter((count) => count > 0)).toHaveLength(1)

    const before = checker.trades(product).at(-1) ?? 0
    await leader?.kill('SIGKILL')
    const diedAt = performance.now()
    await eventually(
      'trades of the other',
      () => (checker.trades(product).at(-1) ?? 0) > before + 3,
    )
    expect(performance.now() - diedAt).toBeLessThan(15_000)
    expect(await published(follower?.internalUrl)).toBeGreaterThan(0)

    const ids = checker.trades(product)
    const first = ids[0] ?? 0
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => first + index))
    expect(checker.faults()).toEqual([])
  })
})
