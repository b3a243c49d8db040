import { fileURLToPath } from 'node:url'
import { freePort, httpOk, until } from '@flux/scripts/servers'
import { socketIo } from '../wire/protocol.ts'
import type { Driver } from './driver.ts'

/** A script of baseline/ as a server to be measured. */
const baseline = ({ name, about }: Pick<Driver, 'name' | 'about'>): Driver => ({
  name,
  about,
  missing: () => undefined,
  start: async ({ children, brokers, valkeyUrl, topic, rooms, profileTo }) => {
    const port = await freePort()
    const script = fileURLToPath(new URL(`../../baseline/${name}.ts`, import.meta.url))
    const profile = profileTo === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`]
    const child = await children.spawn(`bench-${name}`, {
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
    await until(() => httpOk(probeUrl), { what: `the ${name} server`, deadlineMs: 30_000 })
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
})

/** The usual build; see baseline/plain.ts. */
export const plain = baseline({
  name: 'plain',
  about: 'plain Socket.IO: Redis adapter, shared consumer group, one emit per record',
})

/** The least that a packed fan-out can be; see baseline/packed.ts. */
export const packed = baseline({
  name: 'packed',
  about:
    'packing alone: a fixed tick of 25 ms, no contracts, cursors, metrics or care for slow clients',
})
