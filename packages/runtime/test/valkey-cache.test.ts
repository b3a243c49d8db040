import { cacheConformance, testValkey } from '@flux/testkit'
import { afterEach, describe, expect, inject, it, vi } from 'vitest'
import {
  connectValkey,
  createBudget,
  createLog,
  createMetrics,
  systemClock,
  valkeyClients,
} from '../src/index.ts'

const testLog = () => {
  const lines: string[] = []
  const log = createLog({ name: 'test' }, { write: (line) => void lines.push(line) })
  return { log, lines }
}

const connect = (url: string) => {
  const { log, lines } = testLog()
  const metrics = createMetrics()
  const { cache } = connectValkey({ url, log, metrics, clock: systemClock })
  return { cache, lines, metrics }
}

/** A cache whose connection is up. */
const connected = async (url: string) => {
  const made = connect(url)
  await vi.waitFor(async () => expect(await made.cache.set('up', '1', 1_000)).toBe(true))
  return made
}

cacheConformance('valkey', async () => {
  const { cache } = await connected(inject('valkeyUrl'))
  return { cache, pass: (ms) => systemClock.sleep(ms) }
})

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const ownValkey = async () => {
  const valkey = await testValkey()
  closers.push(valkey.close)
  return valkey
}

describe('valkey cache', () => {
  it('survives a killed server: misses, one log line for going, one for coming back', async () => {
    const valkey = await ownValkey()
    const { cache, lines, metrics } = await connected(valkey.url)
    closers.push(cache.close)
    await valkey.kill('SIGKILL')
    await vi.waitFor(() => expect(cache.healthy()).toBe(false))
    for (let call = 0; call < 5; call += 1) {
      expect(await cache.get('up')).toBeUndefined()
      expect(await cache.claim('up', '1', 1_000)).toBe('unknown')
    }
    expect(lines).toHaveLength(1)
    await valkey.start()
    // Nobody calls: the connection notices by itself.
    await vi.waitFor(() => expect(cache.healthy()).toBe(true), { timeout: 5_000 })
    expect(await cache.set('up', '1', 1_000)).toBe(true)
    expect(lines).toHaveLength(2)
    expect(await metrics.registry.metrics()).toContain('flux_cache_errors_total{operation="get"} 5')
  })

  it('notices a paused server without being called, misses within 600 ms, and a resumed one', async () => {
    const valkey = await ownValkey()
    const { cache, lines } = await connected(valkey.url)
    closers.push(cache.close)
    await valkey.kill('SIGSTOP')
    const late = systemClock.sleep(600).then(() => 'late')
    const taken = cache.take('budget', { want: 1, limit: 1, windowMs: 60_000 })
    expect(await Promise.race([taken, late])).toBeUndefined()
    await vi.waitFor(() => expect(cache.healthy()).toBe(false), { timeout: 5_000 })
    await valkey.kill('SIGCONT')
    await vi.waitFor(() => expect(cache.healthy()).toBe(true), { timeout: 5_000 })
    expect(await cache.set('up', '2', 60_000)).toBe(true)
    expect(await cache.get('up')).toBe('2')
    expect(lines).toHaveLength(2)
  })

  it('shares a budget over replicas and leaves an expiry on its key', async () => {
    const url = inject('valkeyUrl')
    const key = `budget:${crypto.randomUUID()}`
    const replicas = await Promise.all([connected(url), connected(url), connected(url)])
    for (const { cache } of replicas) closers.push(cache.close)
    const budgets = replicas.map(({ cache }) =>
      createBudget({
        cache,
        key,
        limit: 5,
        windowMs: 60_000,
        clock: systemClock,
        random: Math.random,
      }),
    )
    const { signal } = new AbortController()
    const takes = budgets.flatMap((budget) =>
      Array.from({ length: 4 }, () => budget.take(signal, { maxWaitMs: 0 })),
    )
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(5)
    const clients = valkeyClients(url, { log: testLog().log, clock: systemClock })
    closers.push(clients.close)
    await vi.waitFor(() => expect(clients.pub.status).toBe('ready'))
    expect(await clients.pub.pttl(key)).toBeGreaterThan(0)
  })
})

describe('valkey clients', () => {
  const open = (url: string) => {
    const clients = valkeyClients(url, { log: testLog().log, clock: systemClock })
    closers.push(clients.close)
    return clients
  }

  it('subscribes again after an outage, also to what was asked for during it', async () => {
    const valkey = await ownValkey()
    const clients = open(valkey.url)
    const heard: string[] = []
    clients.sub.on('smessage', (channel: string, message: string) => {
      heard.push(`${channel} ${message}`)
    })
    await clients.sub.ssubscribe('before')
    await valkey.kill('SIGKILL')
    await vi.waitFor(() => expect(clients.healthy()).toBe(false))
    const during = clients.sub.ssubscribe('during')
    await expect(clients.pub.spublish('before', 'lost')).rejects.toThrow()
    await valkey.start()
    await during
    await vi.waitFor(() => expect(clients.healthy()).toBe(true), { timeout: 5_000 })
    await vi.waitFor(async () => {
      await clients.pub.spublish('before', 'x')
      await clients.pub.spublish('during', 'y')
      expect(heard).toEqual(expect.arrayContaining(['before x', 'during y']))
    })
  })

  it('drops a connection of either kind that does not answer, and is back when the server is', async () => {
    const valkey = await ownValkey()
    const clients = open(valkey.url)
    await clients.sub.ssubscribe('room')
    await vi.waitFor(() => expect(clients.healthy()).toBe(true))
    const closed = vi.fn(() => {})
    clients.sub.on('close', closed)
    await valkey.kill('SIGSTOP')
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), { timeout: 8_000 })
    await valkey.kill('SIGCONT')
    await vi.waitFor(() => expect(clients.healthy()).toBe(true), { timeout: 8_000 })
    await vi.waitFor(async () => expect(await clients.pub.spublish('room', 'x')).toBe(1), {
      timeout: 5_000,
    })
  })
})
