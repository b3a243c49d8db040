import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { documents } from './documents.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

describe('generated documents', () => {
  it.each(documents)(
    '%s is what the code says (npm run docs)',
    async (path, make) => {
      expect(readFileSync(join(repository, path), 'utf8')).toBe(await make())
    },
    30_000,
  )
})
