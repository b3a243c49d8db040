// Loaded before the BFF (`node --import`): puts the bench's channel into the list of the contracts while they are
// loaded, as a new domain would be by a line in the registry. The product itself knows nothing of it.
import { registerHooks } from 'node:module'

const registry = '/packages/contracts/src/registry.ts'
const listEnd = '  platformStats,\n] as const'
const own = new URL('./bench-channel.ts', import.meta.url).href
const { BENCH_CHANNEL = '{}' } = process.env

const withChannel = (source: string): string => {
  if (!source.includes(listEnd)) throw new Error('the registry of the contracts has another form')
  const made = `benchChannel(${BENCH_CHANNEL})`
  return `import { benchChannel } from ${JSON.stringify(own)}\n${source.replace(
    listEnd,
    `  platformStats,\n  ${made},\n] as const`,
  )}`
}

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (!url.endsWith(registry)) return loaded
    const { source } = loaded
    const text = typeof source === 'string' ? source : Buffer.from(Object(source)).toString()
    return { ...loaded, source: withChannel(text) }
  },
})
