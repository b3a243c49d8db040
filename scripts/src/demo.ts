// npm run demo: the whole of Flux on this machine, until Ctrl-C.

import { portFrom, table } from './demo-text.ts'
import { firstPrice } from './first-price.ts'
import { buildPage } from './page.ts'
import { announceDemo } from './running-demo.ts'
import { type Stack, serviceNames, startStack } from './stack/index.ts'
import { targetsOf } from './stack/targets.ts'

const env = process.env
const live = env['LIVE'] === '1'
const startedAt = Number(env['FLUX_STARTED_AT']) * 1000 || Date.now() - performance.now()

const aborted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => aborted.abort())
}

const asked = new Promise<void>((resolve) => {
  aborted.signal.addEventListener('abort', () => resolve(), { once: true })
})

const watch = (stack: Stack): void => {
  const ended = new Set<string>()
  const look = () => {
    for (const { name, pid, logFile } of stack.parts) {
      if (pid !== undefined || ended.has(name) || !logFile) continue
      ended.add(name)
      console.log(`${name} has ended; its log: ${logFile}`)
    }
  }
  const timer = setInterval(look, 1000)
  aborted.signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

const start = (): Promise<Stack> =>
  startStack({
    live,
    services: Object.fromEntries(serviceNames.map((name) => [name, 1])),
    ports: {
      edge: portFrom(env, 'PORT') ?? 8080,
      kafka: portFrom(env, 'KAFKA_PORT'),
      valkey: portFrom(env, 'VALKEY_PORT'),
      sandbox: portFrom(env, 'SANDBOX_PORT'),
    },
  })

const show = async (stack: Stack): Promise<void> => {
  console.log(`\n${table(stack)}\n`)
  watch(stack)
  const source = live ? 'the real providers' : 'the sandbox'
  console.log(`${stack.url} shows live prices from ${source}. Ctrl-C ends everything.`)
  const price = await firstPrice(stack.url, aborted.signal)
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  console.log(
    `the first live price has reached a browser client after ${seconds} s: ${price.product} ${price.usd} USD`,
  )
}

const main = async (): Promise<void> => {
  console.log('starting …')
  const starting = start()
  const building = buildPage(aborted.signal).then((how) => console.log(`the page is ${how}`))
  const ready = Promise.all([starting, building]).then(([stack]) => stack)
  const stack = await Promise.race([ready, asked])
  if (!stack) {
    // Interrupted while parts were starting: what has started ends with this process.
    starting.then((late) => late.close()).catch(() => undefined)
    return
  }
  const withdraw = announceDemo(stack.url, targetsOf(stack.parts))
  try {
    await Promise.race([show(stack), asked])
    await asked
  } finally {
    withdraw()
    console.log('\nstopping …')
    await stack.close()
    console.log('stopped: no process and no data left')
  }
}

try {
  await main()
  process.exit(0)
} catch (error) {
  aborted.abort()
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
