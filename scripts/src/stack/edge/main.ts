// PORT, EDGE_ROOT (folder of the built page), EDGE_REPLICAS ("host:port internalUrl", separated by commas)
import type { ReplicaAddress } from './replicas.ts'
import { startEdge } from './server.ts'

const replicaIn = (entry: string): ReplicaAddress => {
  const [address = '', internalUrl = ''] = entry.split(' ')
  const [host = '', port = ''] = address.split(':')
  return { host, port: Number(port), internalUrl }
}

const edge = await startEdge({
  port: Number(process.env['PORT']),
  root: process.env['EDGE_ROOT'] ?? '.',
  replicas: (process.env['EDGE_REPLICAS'] ?? '').split(',').map(replicaIn),
})
console.log(`the edge listens on port ${edge.port}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void edge.close())
