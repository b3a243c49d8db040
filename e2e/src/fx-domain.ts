/** A domain that the repository does not have, as its author would write it: exchange rates of currencies. */

// Not written out in the texts below: those are the copy's imports and none of this workspace's.
const own = '@flux'

/** `packages/contracts/src/fx.ts`. */
export const contract = `import * as z from 'zod/mini'
import { channel } from './channel.ts'
import { epochMs } from './values.ts'

/** The exchange rate of a pair of currencies. */
export const fxRates = channel({
  name: 'fx.rates',
  topic: 'fx.rates.event.updated',
  schema: z.object({
    pair: z.string().check(z.regex(/^[A-Z]{3}-[A-Z]{3}$/)),
    rate: z.number().check(z.positive()),
    at: epochMs,
  }),
  producer: 'fx-service',
  delivery: 'latest',
  ages: { refreshAfterMs: null, staleAfterMs: 10_000, retentionMs: 3_600_000 },
  maxKeys: 200,
  maxBytes: 256,
  part: 'global',
  keyOf: (value) => value.pair,
  partOf: () => 'global',
  atOf: (value) => value.at,
})
`

/** The lines in `packages/contracts/src/registry.ts`: what stands there, and what stands there afterwards. */
export const registration = [
  [
    "import { newsHeadlines, refreshNews } from './news.ts'\n",
    "import { fxRates } from './fx.ts'\nimport { newsHeadlines, refreshNews } from './news.ts'\n",
  ],
  ['  platformStats,\n] as const\n', '  platformStats,\n  fxRates,\n] as const\n'],
  [
    '\ntype AnyChannel =',
    "\n// The service takes its channel from here.\nexport { fxRates } from './fx.ts'\n\ntype AnyChannel =",
  ],
] as const

/** `services/fx-service`, by path. */
export const service = {
  'package.json': `${JSON.stringify(
    {
      name: '@flux/fx-service',
      version: '0.1.0',
      private: true,
      description: 'Exchange rates from its leader',
      license: 'MIT',
      type: 'module',
      exports: { '.': './src/fx.ts' },
      scripts: { start: 'node src/main.ts' },
      dependencies: { '@flux/contracts': '*', '@flux/runtime': '*' },
    },
    null,
    2,
  )}\n`,
  'tsconfig.json': `{
  "extends": "../../tsconfig.base.json",
  "compilerOptions": { "types": ["node"] },
  "include": ["src", "test"]
}
`,
  'src/fx.ts': `import { fxRates } from '${own}/contracts'
import type { Service } from '${own}/runtime'

/** Publishes the rate of the euro in dollars five times a second from the leader. */
export const startFx = async ({ clock, lead }: Service<unknown>): Promise<void> => {
  lead(({ poll }) =>
    poll(fxRates, 200, async () => ({
      pair: 'EUR-USD',
      rate: 1.0842,
      at: Math.round(clock.now()),
    })),
  )
}
`,
  'src/main.ts': `import { runService } from '${own}/runtime'
import { startFx } from './fx.ts'

await runService({ name: 'fx-service', settings: {}, start: startFx })
`,
} as const

/**
 * A script beside `bff/test/harness.ts`: the service, a replica of the BFF and a client in one process. It prints the
 * first rate that comes live after what the client was given at joining, and ends by itself.
 */
export const driver = `import { createFluxClient } from '${own}/client'
import { startFx } from '${own}/fx-service'
import {
  createMemoryBus,
  createMemoryCache,
  launchService,
  nodeHost,
  systemClock,
} from '${own}/runtime'
import { memoryBroker, startMemoryReplica } from './harness.ts'

const clock = systemClock
const broker = memoryBroker()
const replica = await startMemoryReplica(broker)
const stops: (() => void)[] = []
await launchService(
  { name: 'fx-service', settings: {}, start: startFx },
  {
    ...nodeHost(),
    env: { INTERNAL_PORT: '0' },
    logTo: { write: (line: string) => void process.stderr.write(line) },
    onSignal: (listener) => void stops.push(() => listener('SIGTERM')),
  },
  () => ({ bus: createMemoryBus({ clock, broker }), cache: createMemoryCache({ clock }) }),
)

const client = createFluxClient({ url: replica.url })
const { promise: live, resolve } = Promise.withResolvers<void>()
client.onRecord((channel, _, how) => {
  if (channel === 'fx.rates' && how === 'live') resolve()
})
client.want('fx.global')
client.connect()
await live
const held = client.read('fx.rates', 'EUR-USD')
process.stdout.write(JSON.stringify({ room: client.room('fx.global'), ...held }))
client.close()
await replica.end()
for (const stop of stops) stop()
`
