import { beforeAll, describe } from 'vitest'
import { openCluster } from '../src/cluster/cluster.ts'
import { buildImages, ensureCluster, loadImages, uninstall } from '../src/cluster/make.ts'
import { credentials } from './credentials.ts'
import { crowd } from './crowd.ts'
import { documents } from './documents.ts'
import { installing } from './install.ts'
import { journey } from './journey.ts'
import { kafkaLoss } from './kafka-loss.ts'
import { load } from './load.ts'
import { networkPolicies } from './network.ts'
import { replicas } from './replicas.ts'
import { sharedRooms } from './shared-rooms.ts'
import { strimzi } from './strimzi.ts'
import { sync } from './sync.ts'
import { uninstalling } from './uninstall.ts'
import { upgrading } from './upgrade.ts'

// One cluster, so in order: from an empty namespace to an empty namespace. One of them alone: `-t 'network policies'`
// on a cluster where Flux is up.
describe('Flux on a real cluster', () => {
  const cluster = openCluster()
  const isWhole = !process.env['FLUX_IS_UP']

  beforeAll(async () => {
    if (!isWhole) return
    await ensureCluster()
    await buildImages()
    await uninstall()
    await loadImages()
  }, 1_500_000)

  const parts = [
    installing,
    journey,
    networkPolicies,
    credentials,
    crowd,
    replicas,
    sharedRooms,
    kafkaLoss,
    load,
    sync,
    upgrading,
    strimzi,
    uninstalling,
    documents,
  ]
  for (const part of parts) part(cluster)
})
