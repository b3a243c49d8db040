import { createPlaces } from '@flux/places'
import { connectBus, connectCache, connectValkeyClients, runProcess } from '@flux/runtime'
import { startBff } from './app.ts'
import { settings } from './config.ts'

await runProcess({
  name: 'bff',
  settings,
  start: async (process) => {
    const { config, log, metrics, tracing, clock, random, newId, replica, signal } = process
    const bus = connectBus(process)
    process.onClose('bus', bus.close)
    const valkey = connectValkeyClients(process)
    process.onClose('valkey', valkey.close)
    const cache = connectCache(process)
    process.onClose('cache', cache.close)
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
      cache,
      places: createPlaces(),
      clock,
      random,
      newId,
      log,
      metrics,
      tracing,
      signal,
    })
    for (const [path, handler] of bff.operator) process.route(path, handler, 'POST')
    process.onClose('server', bff.close)
    process.onClose('clients', bff.drain)
    process.ready('tail', bff.ready)
  },
})
