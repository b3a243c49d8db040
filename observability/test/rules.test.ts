import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '@flux/scripts/install'
import { installPrometheus } from '@flux/scripts/prometheus'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ruleTexts } from '../src/rules/groups.ts'
import { mutantSuites, mutants, type Suite, suites } from '../src/rules/promtool-cases.ts'

describe('the rules', () => {
  let folder = ''
  let promtool = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flux-rules-'))
    promtool = (await installPrometheus()).promtool
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const written = async ({ name, rules, tests, evaluationInterval }: Suite): Promise<string> => {
    const ruleFile = join(folder, `${name}.rules.json`)
    const file = join(folder, `${name}.json`)
    const rule_files = [ruleFile]
    await writeFile(ruleFile, JSON.stringify({ groups: [{ name, rules }] }))
    const test = { rule_files, evaluation_interval: evaluationInterval, tests }
    await writeFile(file, JSON.stringify(test))
    return file
  }

  // Told with a failure as well as with success, and without holding up the test's process.
  const tested = async (all: readonly Suite[]): Promise<string> => {
    const files = await Promise.all(all.map(written))
    return new Promise((resolve) => {
      const options = { maxBuffer: 2 ** 26 }
      execFile(promtool, ['test', 'rules', ...files], options, (_, stdout, stderr) =>
        resolve(`${stdout}${stderr}`),
      )
    })
  }

  it('are taken by promtool, templates and all', async () => {
    for (const [name, text] of ruleTexts) {
      const file = join(folder, name)
      await writeFile(file, text)
      expect(await run(promtool, ['check', 'rules', file])).toContain('SUCCESS')
    }
  })

  it('fire when they must, and stay silent when they must', async () => {
    const told = await tested(suites)
    expect(told.match(/SUCCESS/g), told).toHaveLength(suites.length)
  })

  it('fail one of their cases without any of their conditions', async () => {
    const told = await tested(mutantSuites)
    const failed = new Set([...told.matchAll(/alertname: ?(\w+)/g)].map(([, name]) => name))
    expect(mutants.length).toBeGreaterThan(60)
    const alive = mutants.filter(({ name }) => !failed.has(name))
    expect(alive).toEqual([])
  }, 180_000)
})
