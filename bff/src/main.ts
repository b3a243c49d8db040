import { connectBus, runProcess, valkeyClients } from '@flux/runtime'
import { startBff } from './app.ts'
import { settings } from './config.ts'

await runProcess({
  name: 'bff',
  settings,
  start: async (process) => {
    const { config, log, metrics, clock, random, replica, signal } = process
    const bus = connectBus(process)
    process.onClose('bus', bus.close)
    const valkey = valkeyClients(config.valkeyUrl, { log, clock })
    process.onClose('valkey', valkey.close)
    process.ready('valkey', () =>
      valkey.healthy()
        ? { state: 'ready' }
        : { state: 'degraded', why: 'Valkey is away: rooms are not shared with other replicas' },
    )
    const bff = await startBff({
      config,
      replica,
      bus,
      valkey,
      clock,
      random,
      log,
      metrics,
      signal,
    })
    process.onClose('server', bff.close)
    process.onClose('clients', bff.drain)
    process.ready('tail', bff.ready)
  },
})
