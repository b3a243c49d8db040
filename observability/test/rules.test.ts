import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '@flux/scripts/install'
import { installPrometheus } from '@flux/scripts/prometheus'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bareRules, ruleTexts } from '../src/rules/groups.ts'
import { promtoolTests } from '../src/rules/promtool-cases.ts'

describe('the rules', () => {
  let folder = ''
  let promtool = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flux-rules-'))
    promtool = (await installPrometheus()).promtool
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('are taken by promtool, templates and all', async () => {
    for (const [name, text] of ruleTexts) {
      const file = join(folder, name)
      await writeFile(file, text)
      expect(await run(promtool, ['check', 'rules', file])).toContain('SUCCESS')
    }
  })

  it.each(['causes.json', 'burns.json'] as const)(
    'fire when they must, and stay silent when they must: %s',
    async (name) => {
      await writeFile(join(folder, 'rules.yaml'), bareRules())
      await writeFile(join(folder, name), JSON.stringify(promtoolTests('rules.yaml')[name]))
      expect(await run(promtool, ['test', 'rules', join(folder, name)])).toContain('SUCCESS')
    },
  )
})
