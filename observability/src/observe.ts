// make observe: a Prometheus with the rules of charts/flux beside the demo that runs in this checkout, until Ctrl-C.
import { createChildren } from '@flux/scripts/children'
import { startPrometheus } from '@flux/scripts/prometheus'
import { runningDemo } from '@flux/scripts/running-demo'
import { ruleFiles } from './index.ts'
import { serveView } from './view/server.ts'

const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
})

const main = async (): Promise<void> => {
  const demo = runningDemo()
  if (!demo) throw new Error('no demo runs in this checkout: type `make demo` in another terminal')
  const children = await createChildren()
  try {
    const port = Number(process.env['PROMETHEUS_PORT'] || 9090)
    const { url = '' } = await startPrometheus({ ...demo, children, ruleFiles, port })
    const view = await serveView(Number(process.env['OBSERVE_PORT'] || 9091), url)
    console.log(
      `${view.url}  the dashboards and the alerts that hold, from ${demo.targets.length} processes`,
    )
    console.log(`${url}  Prometheus: its API, and its own pages where they are installed`)
    console.log('\nCtrl-C ends it; the demo goes on.')
    await asked
  } finally {
    await children.close()
  }
}

try {
  await main()
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
