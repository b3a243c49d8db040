import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { chartsFolder, renderText } from '../src/helm.ts'

/** A Secret holds 1 MiB; what is left is for values of users. */
const limitKb = 700

const allOn = fileURLToPath(new URL('./values/flux-all-on.yaml', import.meta.url))

/** Every file of the chart, as Helm keeps them: in base64. */
const chartFiles = () =>
  readdirSync(join(chartsFolder, 'flux'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)).toString('base64'))

it('fits into the Secret of its release with everything switched on', async () => {
  const manifest = await renderText({ chart: 'flux', values: [allOn] })
  expect(manifest.match(/grafana_folder: /g)).toHaveLength(5)
  expect(manifest.match(/kind: PrometheusRule/g)).toHaveLength(3)
  const release = JSON.stringify({ manifest, chart: chartFiles() })
  // Helm: JSON, gzip, base64; Kubernetes: base64 again.
  const stored = Buffer.from(gzipSync(release).toString('base64')).toString('base64')
  expect(stored.length / 1_000).toBeLessThan(limitKb)
})
