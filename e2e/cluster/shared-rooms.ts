import { eventually, openChecker } from '@flux/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { say } from '../src/cluster/run.ts'
import { shardChannels } from '../src/cluster/valkey.ts'
import { openWatchers } from '../src/cluster/watchers.ts'

/** Asks one replica to tell a user something, while the user is on another one. Returns when it has arrived. */
const tellAcross = async (cluster: Cluster, text: string): Promise<void> => {
  const [a, b] = await cluster.podsOf('flux-bff')
  if (!a || !b) throw new Error('two replicas are needed')
  const [operator, door] = await Promise.all([
    cluster.forward(a.name, 9464),
    cluster.forward(b.name, 3000),
  ])
  const { client, close } = openChecker(door.url, ['platform.global'])
  try {
    await eventually('the client on pod B', () => client.status().phase === 'live')
    const { userId, replica } = client.status()
    expect(replica).toBe(b.name)
    const channels = await shardChannels(cluster)
    say(
      `PUBSUB SHARDCHANNELS: ${channels.length}, of them the user's: ${channels.filter((c) => c.includes(userId ?? '?'))}`,
    )
    expect(channels.some((channel) => channel.includes(`user.${userId}`))).toBe(true)
    const body = JSON.stringify({ text, room: `user.${userId}` })
    const answer = await fetch(`${operator.url}/operator/notice`, {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/json' } },
    })
    say(`emitted on ${a.name}: ${await answer.text()}`)
    await eventually('the notice on pod B', () => client.status().notice?.text === text)
    say(`arrived at a client on ${b.name}: ${client.status().notice?.text}`)
  } finally {
    close()
    operator.close()
    door.close()
  }
}

/** Rooms over all replicas, with and without Valkey. */
export const sharedRooms = (cluster: Cluster) =>
  describe('rooms', () => {
    it('are shared: what is emitted to a user on pod A reaches the client on pod B', () =>
      tellAcross(cluster, 'hello from pod A'))

    it('are shared again after Valkey’s pod was deleted, and events go on meanwhile', async () => {
      const watchers = openWatchers(cluster.url, 20)
      onTestFinished(watchers.close)
      await watchers.goesOn('trades before')
      watchers.mark()
      const [valkey] = await cluster.podsOf('flux-valkey')
      await cluster.kubectl('delete', 'pod', valkey?.name ?? '', '--wait=false')
      await watchers.goesOn('trades while Valkey is away')
      await eventually(
        'another Valkey',
        async () => {
          const [pod] = await cluster.podsOf('flux-valkey')
          return pod !== undefined && pod.ip !== valkey?.ip
        },
        60_000,
      )
      await cluster.kubectl(
        'wait',
        'pods',
        '--all',
        '--for=condition=Ready',
        '--timeout=60s',
        '--field-selector=status.phase=Running',
      )
      await eventually('rooms in Valkey', async () => (await shardChannels(cluster)).length > 0)
      await tellAcross(cluster, 'hello again')
      const account = await watchers.account()
      say(
        `while Valkey was away: ${account.lost} canaries and ${account.lostTrades} trades lost, ${account.returned} connections lost`,
      )
      expect(account).toMatchObject({ lost: 0, lostTrades: 0, faults: [], returned: 0 })
    })
  })
