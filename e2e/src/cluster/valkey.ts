import type { Cluster } from './cluster.ts'

// `probe` may do no more than this. Its password comes from a file that the pod has, and is in no argument.
const script =
  'REDISCLI_AUTH="$(cat /var/run/flux/valkey/password)" exec valkey-cli --user probe --no-auth-warning pubsub shardchannels'

/** The sharded channels that somebody listens to, as valkey-cli in Valkey's own pod tells them. */
export const shardChannels = async (cluster: Cluster): Promise<readonly string[]> => {
  const [pod] = await cluster.podsOf('flux-valkey')
  // The container may be younger than the pod; nobody listens then.
  const { stdout } = await cluster.inPod(pod?.name ?? 'none', 'sh', '-c', script)
  return stdout.split('\n').filter(Boolean)
}
