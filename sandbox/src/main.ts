import { runProcess } from '@flux/runtime'
import { settings } from './config.ts'
import { startSandbox } from './server.ts'

await runProcess({
  name: 'sandbox',
  settings,
  start: async ({ config, clock, log, metrics, onClose, ready }) => {
    const { host, port, seed, rate, manual, stockMarket, startAt, replayFile } = config
    const sandbox = await startSandbox({
      ...{ host, port, seed, rate, manual, stockMarket, clock, log },
      ...(startAt !== undefined && { startAt }),
      ...(replayFile !== undefined && { replayFile }),
    })
    onClose('sandbox', sandbox.close)
    metrics.gauge({
      name: 'flux_sandbox_connections',
      help: 'Open WebSocket connections by provider.',
      labels: ['provider'],
      collect: (gauge) => {
        for (const [provider, count] of Object.entries(sandbox.control.state().connections)) {
          gauge.set({ provider }, count)
        }
      },
    })
    ready('sandbox', () => ({ state: 'ready' }))
    log.info({ url: sandbox.url, seed, matchesPerSecond: rate }, 'sandbox serves the providers')
  },
})
