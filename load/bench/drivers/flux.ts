import { createBff, sharedBffEnv } from '@flux/scripts/processes'
import { socketIo } from '../wire/protocol.ts'
import { type BenchChannel, benchChannelName, benchRoom, benchRoomOf } from './bench-channel.ts'
import type { Driver, Place } from './driver.ts'

const preload = new URL('./with-bench-channel.ts', import.meta.url).href

const profileOptions = (folder: string | undefined) =>
  folder === undefined ? '' : ` --cpu-prof --cpu-prof-dir=${folder}`

const settingsOf = ({ topic, delivery, rooms, profileTo }: Place) => ({
  ...sharedBffEnv(),
  NODE_OPTIONS: `--import=${preload}${profileOptions(profileTo)}`,
  BENCH_CHANNEL: JSON.stringify({ topic, delivery, rooms } satisfies BenchChannel),
  MAX_CONNECTIONS: '1000000',
  // The clients of a bench are few machines.
  MAX_CONNECTIONS_PER_ADDRESS: '0',
  DRAIN_MS: '0',
  LOG_LEVEL: 'warn',
})

/** The `subscribe` message of the bench, with more fields when given: a cursor, its epoch. */
export const subscribeText = (
  more: Readonly<Record<string, unknown>> = {},
  room: string = benchRoom,
): string => JSON.stringify(['subscribe', { rooms: [room], rev: 1, ...more }])

/** How the BFF is spoken to. */
export const fluxProtocol = (join = subscribeText()) =>
  socketIo({ join, event: benchChannelName, envelope: '{"k":"%","d":' })

const startFlux =
  (settings: Readonly<Record<string, string>> = {}): Driver['start'] =>
  async (place) => {
    const { children, brokers, valkeyUrl, profileTo } = place
    const bff = await createBff(children, 'bench-flux', {
      backbone: { brokers, valkeyUrl },
      env: { ...settingsOf(place), ...settings },
    })
    await bff.start()
    const internal = bff.internalUrl ?? ''
    return {
      pid: bff.pid ?? 0,
      host: '127.0.0.1',
      port: Number(new URL(bff.url ?? '').port),
      probeUrl: `${internal}/livez`,
      metricsUrl: `${internal}/metrics`,
      protocol: fluxProtocol(
        place.rooms === 'one' ? undefined : subscribeText({}, benchRoomOf('%')),
      ),
      stop: () => (profileTo === undefined ? bff.kill('SIGKILL') : bff.stop()),
    }
  }

/** The BFF as it ships: its own process, contracts, metrics and cursors on. */
export const flux: Driver = {
  name: 'flux',
  about: 'Flux BFF: own tail, packed fan-out, contracts, metrics and cursors on',
  missing: () => undefined,
  start: startFlux(),
}

/** The same with a collector of traces that it never has anything to send to. */
export const fluxTraced: Driver = {
  ...flux,
  name: 'flux-traced',
  about: 'Flux BFF with OpenTelemetry on and none of the traces recorded (TRACE_RATIO=0)',
  start: startFlux({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', TRACE_RATIO: '0' }),
}
