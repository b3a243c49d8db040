// Inside an image build: node scripts/src/images/manifests.ts TARGET [FOLDER]
// Writes what npm needs to install dependencies, and nothing that changes with sources, scripts or tests: those for
// production, and for the workspace in FOLDER, which is built in the image, those for development too.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { developmentManifest, productionManifest } from './installed-manifest.ts'
import { readManifest, readWorkspaces } from './workspaces.ts'

const [target = '', built] = process.argv.slice(2)

for (const folder of ['.', ...readWorkspaces('.').map((workspace) => workspace.folder)]) {
  const part = folder === built ? developmentManifest : productionManifest
  mkdirSync(join(target, folder), { recursive: true })
  writeFileSync(
    join(target, folder, 'package.json'),
    `${JSON.stringify(part(readManifest(folder)))}\n`,
  )
}
for (const file of ['package-lock.json', '.npmrc']) copyFileSync(file, join(target, file))
