import type { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'

/** CPU time of this thread that `work` takes, in microseconds. */
export const cpuMicros = async (work: () => Promise<void> | void): Promise<number> => {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return user + system
}

const openSockets = async (port: number, count: number): Promise<readonly Socket[]> => {
  const sockets = Array.from({ length: count }, () => connect({ port, host: '127.0.0.1' }))
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  return sockets
}

/** CPU time of one write of each buffer to one socket, in microseconds, over `sockets` sockets that are read at once. */
export const writeCost = async (buffers: readonly Buffer[], sockets: number): Promise<number> => {
  const sink = new Worker(new URL('./sink.ts', import.meta.url))
  const [port] = await once(sink, 'message')
  const open = await openSockets(Number(port), sockets)
  const micros = await cpuMicros(async () => {
    for (const buffer of buffers) {
      const blocked = open.filter((socket) => !socket.write(buffer))
      await Promise.all(blocked.map((socket) => once(socket, 'drain')))
    }
  })
  for (const socket of open) socket.destroy()
  await sink.terminate()
  return micros / (buffers.length * sockets)
}
