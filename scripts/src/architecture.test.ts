import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

const listFiles = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist', 'coverage'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? listFiles(path) : [path]
  })

const services = readdirSync(join(root, 'services')).map((name) => `services/${name}`)

/** Which of our own packages a workspace's sources may import. Its tests may import testkit beside them. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/contracts': [],
  'packages/runtime': ['contracts'],
  'packages/client': ['contracts'],
  'packages/places': ['contracts'],
  'packages/cli': ['contracts', 'runtime', 'client'],
  'packages/testkit': ['contracts', 'runtime', 'client', 'scripts'],
  ...Object.fromEntries(services.map((name) => [name, ['contracts', 'runtime', 'places']])),
  bff: ['contracts', 'runtime', 'places'],
  sandbox: ['contracts', 'runtime'],
  frontend: ['contracts', 'client'],
  scripts: ['contracts', 'runtime', 'client'],
  e2e: ['contracts', 'observability', 'scripts', 'testkit'],
  charts: ['contracts', 'scripts'],
  load: ['contracts', 'runtime', 'scripts', 'e2e'],
  chaos: ['client', 'contracts', 'runtime', 'scripts'],
  observability: ['contracts', 'scripts'],
}

const workspaces = Object.keys(mayImport)
const workspaceOf = (file: string) => workspaces.find((w) => file.startsWith(`${w}/`)) ?? ''
const isTest = (file: string) =>
  /\.(test|fixture)\.tsx?$/.test(file) || file.startsWith(`${workspaceOf(file)}/test/`)

const sources = workspaces
  .flatMap(listFiles)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')

const imports = sources.flatMap(({ file, text }) =>
  importsOf(text).map((target) => ({ file, target })),
)

/** Imports that `allowed` does not allow, as lines to read. */
const offenders = (allowed: (file: string, target: string) => boolean): string[] =>
  imports
    .filter(({ file, target }) => !allowed(file, target))
    .map(({ file, target }) => `${file} imports ${target}`)

describe('the folder rule', () => {
  it('covers every workspace', () => {
    const { workspaces: patterns } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const folders = ['packages', 'services'].flatMap((parent) =>
      readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
    )
    const single = patterns.filter((pattern: string) => !pattern.includes('*'))
    expect(new Set([...folders, ...single])).toEqual(new Set(workspaces))
    expect(sources.length).toBeGreaterThan(100)
  })

  it('lets a workspace import only those below it', () => {
    const allowed = (file: string, target: string) => {
      const own = /^@flux\/([^/]+)/.exec(target)?.[1]
      if (own === undefined || mayImport[workspaceOf(file)]?.includes(own)) return true
      return isTest(file) && ['testkit', 'client', 'sandbox', 'scripts'].includes(own)
    }
    expect(offenders(allowed)).toEqual([])
  })

  it('keeps relative imports inside their workspace', () => {
    const allowed = (file: string, target: string) => {
      if (!target.startsWith('.')) return true
      const to = relative(root, resolve(root, dirname(file), target))
      return workspaceOf(to) === workspaceOf(file)
    }
    expect(offenders(allowed)).toEqual([])
  })

  it('leaves Kafka, Redis, logs, metrics and traces to runtime', () => {
    const owned = /^(kafkajs|ioredis|pino|prom-client|@opentelemetry\/)/
    const allowed = (file: string, target: string) =>
      !owned.test(target) ||
      file.startsWith('packages/runtime/') ||
      // The usual build, to be measured beside ours.
      file.startsWith('load/baseline/') ||
      // Texts that are run inside a pod, with what its image holds.
      file.startsWith('e2e/src/cluster/kafka-')
    expect(offenders(allowed)).toEqual([])
  })

  it('keeps contracts to zod alone, so that a browser can load it', () => {
    const allowed = (file: string, target: string) =>
      !file.startsWith('packages/contracts/') ||
      isTest(file) ||
      target.startsWith('.') ||
      target === 'zod/mini'
    expect(offenders(allowed)).toEqual([])
  })

  it('lets no feature import another, and ui nothing of ours', () => {
    const featureOf = (path: string) => /^frontend\/src\/features\/([^/]+)/.exec(path)?.[1]
    const allowed = (file: string, target: string) => {
      if (!target.startsWith('.'))
        return !(file.startsWith('frontend/src/ui/') && target.startsWith('@flux/'))
      const to = relative(root, resolve(root, dirname(file), target))
      if (file.startsWith('frontend/src/ui/')) return to.startsWith('frontend/src/ui/')
      const [from, into] = [featureOf(file), featureOf(to)]
      return from === undefined || into === undefined || from === into
    }
    expect(offenders(allowed)).toEqual([])
  })
})

describe('the sources', () => {
  it('hold no file of more than 300 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 301)
    expect(long.map(({ file }) => file)).toEqual([])
  })
})
