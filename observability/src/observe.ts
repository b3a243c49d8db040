// make observe: a Prometheus with the rules of charts/flux beside the demo that runs in this checkout, until Ctrl-C.
import { createChildren } from '@flux/scripts/children'
import { startPrometheus } from '@flux/scripts/prometheus'
import { runningDemo } from '@flux/scripts/running-demo'
import { graphAddresses } from './graph-address.ts'
import { dashboardQueries, ruleFiles } from './index.ts'

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
    console.log(`${url}/targets  ${demo.targets.length} processes, asked every 5 s`)
    console.log(`${url}/alerts   the alerts and their states`)
    console.log('\nthe panels of each dashboard that our own processes feed:')
    for (const [dashboard, address] of graphAddresses(url, dashboardQueries()))
      console.log(`\n${dashboard}\n${address}`)
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
