import { cryptoMovers } from '@flux/contracts'
import { manualClock } from '@flux/testkit'
import { describe, expect, it } from 'vitest'
import type { OutRecord } from '../../bus/port.ts'
import { FluxError } from '../../errors.ts'
import { createPublisher } from '../../publish/publisher.ts'
import { createLog } from '../../telemetry/log.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { startTracing } from '../../telemetry/tracing.ts'
import { movers } from '../../values.fixture.ts'
import { createServiceEvents } from '../events.ts'
import { createSources } from '../sources.ts'
import { type LeaderWork, leadWith, publishInScope } from './leader.ts'

const list = movers(1)

const make = async () => {
  const clock = manualClock()
  const sent: OutRecord[] = []
  const failures: unknown[] = []
  let held = true
  const common = {
    ...{ clock, log: createLog({ name: 'test', level: 'silent' }), metrics: createMetrics() },
    ...{ random: () => 0.5, newId: () => 'id', service: 'crypto-service' },
  }
  const tracing = await startTracing({
    ...{ service: 'crypto-service', version: '1', replica: 'r', ratio: 0, clock },
    endpoint: undefined,
  })
  const bus = {
    send: async (_: string, records: readonly OutRecord[]) => void sent.push(...records),
  }
  const publisher = createPublisher({ ...common, bus, tracing })
  const events = createServiceEvents({ ...common, commands: [], topics: [], channels: [] })
  const sources = createSources({
    ...{ ...common, replica: 'r', leading: () => false },
    publish: async () => {},
  })
  const leadership = {
    held: () => held,
    assert: () => {
      if (!held) throw new FluxError('not_leader', 'lost')
    },
  }
  const lead = (works: readonly LeaderWork[], signal = new AbortController().signal) =>
    leadWith(works, {
      ...{ ...common, publisher, events, sources },
      fail: (error) => void failures.push(error),
    })(leadership, signal)
  const lose = () => {
    held = false
  }
  return { clock, sent, failures, lead, lose, service: publishInScope(publisher) }
}

describe('leader work', () => {
  it('publishes nothing once the lead is not certain, whichever publish it calls', async () => {
    const { lead, lose, sent, service, failures } = await make()
    await lead([async (leader) => await leader.publish(cryptoMovers, list)])
    expect(sent).toHaveLength(1)
    lose()
    const byLeader = lead([async (leader) => await leader.publish(cryptoMovers, list)])
    await expect(byLeader).rejects.toMatchObject({ code: 'not_leader' })
    const byService = lead([async () => await service.publish(cryptoMovers, list)])
    await expect(byService).rejects.toMatchObject({ code: 'not_leader' })
    const tombstone = lead([async () => await service.publishTombstone(cryptoMovers, 'global')])
    await expect(tombstone).rejects.toMatchObject({ code: 'not_leader' })
    expect([sent.length, failures]).toEqual([1, []])
    await service.publish(cryptoMovers, list)
    expect(sent).toHaveLength(2)
  })

  it('stops the other works when one of them fails, and waits for them', async () => {
    const { clock, lead } = await make()
    const order: string[] = []
    const failing = lead([
      async () => {
        await clock.sleep(10)
        throw new FluxError('network', 'away')
      },
      async (leader) => {
        await clock.sleep(60_000, leader.signal).catch(() => undefined)
        order.push('stopped')
      },
    ]).catch((error: unknown) => order.push(error instanceof FluxError ? error.code : 'bug'))
    await clock.advance(20)
    await failing
    expect(order).toEqual(['stopped', 'network'])
  })

  it('tells a bug, and not what comes of being stopped', async () => {
    const { lead, failures } = await make()
    await expect(lead([() => Promise.reject(new TypeError('a bug'))])).rejects.toThrow('a bug')
    expect(failures).toHaveLength(1)
    const stop = new AbortController()
    const work = lead(
      [
        async () => {
          stop.abort()
          throw new TypeError('gave up')
        },
      ],
      stop.signal,
    )
    await work
    expect(failures).toHaveLength(1)
  })
})
