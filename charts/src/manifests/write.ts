// npm run manifests: writes k8s/ from the charts.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chartsFolder } from '../helm.ts'
import { manifestFiles } from './overlays.ts'

for (const [path, content] of await manifestFiles()) {
  const file = join(chartsFolder, '..', 'k8s', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  console.log(`k8s/${path}`)
}
