import { eventually } from '@flux/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { signIn } from '../src/cluster/kafka-sign-in.ts'
import { rotate, up } from '../src/cluster/make.ts'
import { say } from '../src/cluster/run.ts'
import { openWatchers } from '../src/cluster/watchers.ts'

const grown = 'news.service.event.updated'

/** `helm upgrade` with other values: passwords, replicas, partitions. */
export const upgrading = (cluster: Cluster) =>
  describe('an upgrade with changed values', () => {
    it('takes new passwords, a third replica and more partitions while clients look on', async () => {
      const watchers = openWatchers(cluster.url, 20)
      onTestFinished(watchers.close)
      await watchers.goesOn('trades before')
      watchers.mark()
      const old = await signIn(cluster, 'flux-bff', { topic: grown })
      await rotate('bff')
      await rotate('valkey')
      const start = performance.now()
      await up({
        infra:
          '--set-string kafka.standalone.secretsRevision=2 --set-string valkey.secretsRevision=2 ' +
          `--set kafka.topics.overrides.${grown.replaceAll('.', '\\.')}.partitions=6`,
        flux: '--set bff.replicas=3',
      })
      await watchers.goesOn('trades after the upgrade', 180_000)
      say(`upgraded after ${Math.round((performance.now() - start) / 1_000)} s`)

      await eventually(
        'three replicas',
        async () => (await cluster.podsOf('flux-bff')).length === 3,
      )
      let now = await signIn(cluster, 'flux-bff', { topic: grown })
      // The kubelet brings a changed secret into a running pod within about a minute.
      await eventually(
        'the new password in the pod',
        async () => {
          now = await signIn(cluster, 'flux-bff', { topic: grown })
          return now.password !== old.password && now.partitions > 0
        },
        120_000,
      )
      const before = await signIn(cluster, 'flux-bff', { topic: grown, password: old.password })
      say(`partitions of ${grown}: ${old.partitions} → ${now.partitions}`)
      say(`the old password: ${before.answer}; the new one: ${now.answer}`)
      expect(now).toMatchObject({ answer: 'signed in', partitions: 6 })
      expect(before.answer).toMatch(/SASL|auth/i)
      const { lost, faults } = await watchers.account()
      say(`${lost} canaries lost by 20 clients`)
      expect({ lost, faults }).toEqual({ lost: 0, faults: [] })
    })
  })
