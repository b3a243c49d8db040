// In a dev image: node restart.ts ENTRY FOLDER…
// Runs ENTRY with Node and starts it again after every change below the folders.
import { startRestarter } from './restarter.ts'

const [entry = '', ...folders] = process.argv.slice(2)

const restarter = startRestarter({
  command: process.execPath,
  args: [entry],
  folders,
  settleMs: 100,
  // Leaving a consumer group takes milliseconds; a drain of clients is nothing to wait for here.
  graceMs: 2000,
  againMs: 3000,
  say: (line) => console.log(line),
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => process.exit(await restarter.close(signal)))
}
