import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract, driver, registration, service } from '../src/fx-domain.ts'
import { copyRepository, type RepositoryCopy } from '../src/repository-copy.ts'

const registry = 'packages/contracts/src/registry.ts'
const folder = 'services/fx-service'
const script = 'bff/test/fx-driver.ts'

describe('a new domain', () => {
  let copy: RepositoryCopy

  beforeAll(async () => {
    copy = await copyRepository(resolve(import.meta.dirname, '../..'))
    await copy.add('packages/contracts/src/fx.ts', contract)
    for (const [text, by] of registration) await copy.replace(registry, text, by)
    for (const [path, text] of Object.entries(service)) await copy.add(`${folder}/${path}`, text)
    await copy.link('fx-service', folder)
    await copy.add(script, driver)
  })

  afterAll(() => copy?.remove())

  it('reaches a client live through an unchanged BFF, runtime and client', async () => {
    const startedAt = Date.now()
    const said: unknown = JSON.parse(await copy.run(script))
    expect(said).toMatchObject({ room: 'live', value: { pair: 'EUR-USD', rate: 1.0842 } })
    const at = Number(Reflect.get(Object(said), 'at'))
    expect(at).toBeGreaterThanOrEqual(startedAt)
    expect(at).toBeLessThanOrEqual(Date.now())
  })

  it.each(['packages/contracts', folder])('leaves the types of %s whole', async (path) => {
    await copy.run('node_modules/typescript/bin/tsc', ['-p', path])
  })

  it('is a contract, lines in the registry and a folder of its own', async () => {
    const added = ['packages/contracts/src/fx.ts', registry, script]
    const own = Object.keys(service).map((path) => `${folder}/${path}`)
    expect(await copy.changes()).toEqual([...added, ...own].sort())
  })
})
