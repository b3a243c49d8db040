import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { chosenFrom, deployablesIn } from './deployables.ts'
import { developmentManifest, productionManifest } from './installed-manifest.ts'
import { closureOf, readManifest, readWorkspaces, type Workspace } from './workspaces.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const workspaces = readWorkspaces(root)
const deployables = deployablesIn(root)

const workspace = (folder: string, ...dependencies: string[]): Workspace => ({
  folder,
  manifest: {
    name: `@flux/${folder.split('/').at(-1)}`,
    version: '1.0.0',
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '*'])),
  },
})

describe('the closure of a workspace', () => {
  const all = [
    workspace('app', '@flux/a', 'zod'),
    workspace('packages/a', '@flux/b'),
    workspace('packages/b', '@flux/a'),
    workspace('packages/c'),
  ]

  it('holds what it needs over any number of steps, itself too, and nothing else', () => {
    const folders = closureOf(all, 'app').map(({ folder }) => folder)
    expect(folders).toEqual(['app', 'packages/a', 'packages/b'])
  })

  it('names the folders there are when there is no such workspace', () => {
    expect(() => closureOf(all, 'packages/d')).toThrow('there are app, packages/a')
  })

  it('never holds what is for tests and scripts alone', () => {
    for (const { folder } of deployables) {
      const needed = closureOf(workspaces, folder).map((other) => other.folder)
      expect(needed).not.toContain('packages/testkit')
      expect(needed).not.toContain('scripts')
    }
  })
})

describe('the manifest that is installed', () => {
  const manifest = readManifest(join(root, 'bff'))

  it('keeps dependencies and exports, and neither scripts nor development dependencies', () => {
    const { dependencies, devDependencies, scripts } = productionManifest(manifest)
    expect(dependencies).toEqual(manifest.dependencies)
    expect([devDependencies, scripts]).toEqual([undefined, undefined])
    expect(productionManifest(readManifest(root)).workspaces).toContain('services/*')
  })

  it('keeps development dependencies for what is built in the image', () => {
    expect(developmentManifest(manifest).devDependencies).toEqual(manifest.devDependencies)
  })
})

describe('the images', () => {
  it('are every service, and all else that starts or has a Dockerfile of its own', () => {
    const names = deployables.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(readdirSync(join(root, 'services'))))
    expect(names).toEqual(expect.arrayContaining(['bff', 'sandbox', 'cli', 'frontend']))
    expect(names).not.toContain('contracts')
  })

  it('have the file that their container starts', () => {
    for (const { folder, dockerfile } of deployables.filter((d) => d.dockerfile === 'Dockerfile')) {
      expect(existsSync(join(root, folder, 'src/main.ts')), `${folder}: ${dockerfile}`).toBe(true)
    }
  })

  it('are chosen by name, and a name that none has is refused', () => {
    expect(chosenFrom(deployables, ['bff']).map(({ folder }) => folder)).toEqual(['bff'])
    expect(chosenFrom(deployables, [])).toEqual(deployables)
    expect(() => chosenFrom(deployables, ['bfff'])).toThrow('no image bfff; there are bff')
  })
})

interface Locked {
  readonly cpu?: readonly string[]
  readonly os?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

describe('the production dependencies', () => {
  const lock: { packages: Record<string, Locked> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  )

  const resolve = (from: string, name: string): string | undefined => {
    const at = `${from}/node_modules/${name}`.replace(/^\//, '')
    if (lock.packages[at]) return at
    return from === ''
      ? undefined
      : resolve(from.slice(0, Math.max(0, from.lastIndexOf('/'))), name)
  }

  const installedFor = (folder: string): ReadonlySet<string> => {
    const found = new Set(closureOf(workspaces, folder).map((other) => other.folder))
    for (const at of found) {
      const { dependencies, optionalDependencies } = lock.packages[at] ?? {}
      for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
        const place = resolve(at, name)
        if (place) found.add(place)
      }
    }
    return found
  }

  it('are the same on every platform, so that images for all of them are built on one', () => {
    for (const { folder } of deployables.filter(({ dockerfile }) => dockerfile === 'Dockerfile')) {
      const installed = [...installedFor(folder)]
      expect(installed.length).toBeGreaterThan(20)
      const bound = installed.filter((at) => lock.packages[at]?.cpu ?? lock.packages[at]?.os)
      expect(bound, folder).toEqual([])
    }
  })
})
