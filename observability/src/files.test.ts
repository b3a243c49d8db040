import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { generatedFiles, ownFolders, repository } from './files.ts'

it('is what was committed: npm run observability', () => {
  for (const [path, text] of generatedFiles())
    expect(readFileSync(join(repository, path), 'utf8'), path).toBe(text)
})

it('leaves nothing of what is gone', () => {
  const found = ownFolders.flatMap((folder) =>
    readdirSync(join(repository, folder)).map((name) => `${folder}/${name}`),
  )
  expect(found.toSorted()).toEqual([...generatedFiles().keys()].toSorted())
})
