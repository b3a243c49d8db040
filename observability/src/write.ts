// npm run observability: writes dashboards, rules and runbooks.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles, ownFolders, repository } from './files.ts'

const files = generatedFiles()

for (const folder of ownFolders) {
  mkdirSync(join(repository, folder), { recursive: true })
  for (const name of readdirSync(join(repository, folder)))
    if (!files.has(`${folder}/${name}`)) rmSync(join(repository, folder, name))
}
for (const [path, text] of files) {
  mkdirSync(dirname(join(repository, path)), { recursive: true })
  writeFileSync(join(repository, path), text)
}
console.log(`${files.size} files`)
