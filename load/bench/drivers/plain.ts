import { fileURLToPath } from 'node:url'
import { freePort, httpOk, until } from '@flux/scripts/servers'
import { socketIo } from '../wire/protocol.ts'
import type { Driver } from './driver.ts'

const script = fileURLToPath(new URL('../../baseline/plain.ts', import.meta.url))

/** The usual build; see baseline/plain.ts. */
export const plain: Driver = {
  name: 'plain',
  about: 'plain Socket.IO: Redis adapter, shared consumer group, one emit per record',
  missing: () => undefined,
  start: async ({ children, brokers, valkeyUrl, topic, rooms, profileTo }) => {
    const port = await freePort()
    const profile = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`]
    const child = await children.spawn('bench-plain', {
      command: process.execPath,
      args: [...profile, script],
      env: {
        NODE_ENV: 'production',
        PORT: String(port),
        KAFKA_BROKERS: brokers,
        VALKEY_URL: valkeyUrl,
        TOPIC: topic,
        ROOM_PER_KEY: rooms === 'one' ? '' : 'true',
      },
    })
    const probeUrl = `http://127.0.0.1:${port}/healthz`
    await until(() => httpOk(probeUrl), { what: 'the plain server', deadlineMs: 30_000 })
    return {
      pid: child.pid,
      host: '127.0.0.1',
      port,
      probeUrl,
      protocol: socketIo({
        join: `["join","${rooms === 'one' ? 'bench' : '%'}"]`,
        event: 'bench',
        envelope: '',
      }),
      stop: () => (profileTo === undefined ? child.kill('SIGKILL') : child.stop(5_000)),
    }
  },
}
