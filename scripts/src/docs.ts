// npm run docs: writes the documents that follow from the code.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documents } from './docs/documents.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))

for (const [path, make] of documents) {
  writeFileSync(join(repository, path), await make())
  console.log(path)
}
