import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { deployablesIn } from './deployables.ts'
import { type BuildSettings, buildArguments } from './docker.ts'
import { sizeTable } from './size-table.ts'
import { closureOf, readWorkspaces } from './workspaces.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const workspaces = readWorkspaces(root)
const deployables = deployablesIn(root)

const rules = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const parts = line.replace(/^!/, '').split('/')
    const pattern = parts
      .map((part) =>
        part === '**' ? '(?:[^/]+/)*' : `${part.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}/`,
      )
      .join('')
    return { keeps: line.startsWith('!'), matches: new RegExp(`^${pattern}`) }
  })

/** As Docker decides: the last rule that fits the path or a folder above it. */
const isSent = (path: string): boolean =>
  rules.findLast(({ matches }) => matches.test(`${path}/`))?.keeps ?? true

describe('.dockerignore', () => {
  it('sends what every image is made of', () => {
    const folders = deployables.flatMap(({ folder }) => closureOf(workspaces, folder))
    const wanted = [
      ...folders.flatMap(({ folder }) => [`${folder}/package.json`, `${folder}/src/index.ts`]),
      ...['package.json', 'package-lock.json', '.npmrc', 'LICENSE', 'tsconfig.base.json'],
      ...readdirSync(join(root, 'scripts/src/images'))
        .filter((name) => !name.includes('.test.'))
        .map((name) => `scripts/src/images/${name}`),
      ...['index.html', 'vite.config.ts', 'public/favicon.svg', 'nginx/default.conf'].map(
        (name) => `frontend/${name}`,
      ),
    ]
    expect(wanted.filter((path) => !isSent(path))).toEqual([])
  })

  it('sends no secret, no history, nothing that is installed or built, and no test', () => {
    const unwanted = [
      ...['.env', '.env.local', 'bff/.env', 'services/news-service/.env', '.git/config', '.flux/x'],
      ...['node_modules/zod/index.js', 'bff/node_modules/x.js', 'frontend/dist/index.html'],
      ...['coverage/x', 'bff/coverage/x', 'bff/src/tail.test.ts', 'frontend/src/app.test.tsx'],
      ...['bff/test/replica.test.ts', 'packages/testkit/src/index.ts', 'bff/README.md'],
      ...['packages/runtime/src/values.fixture.ts', 'charts/src/helm.ts', 'k8s/base/x.yaml'],
      ...['e2e/test/journey.test.ts', 'docs/metrics.md', 'scripts/src/demo.ts', 'Makefile'],
    ]
    expect(unwanted.filter(isSent)).toEqual([])
  })
})

describe('the Dockerfiles', () => {
  it('have no line for any workspace, but for what the page is bundled from', () => {
    const instructions = read('Dockerfile').match(/^(COPY|RUN|FROM) .*$/gm) ?? []
    const apart = workspaces.filter(({ folder }) => folder !== 'scripts') // what runs in the build
    const named = apart.filter(({ folder }) =>
      instructions.some((line) => line.includes(` ${folder}`)),
    )
    expect(named).toEqual([])
    const copied = [...read('frontend/Dockerfile').matchAll(/^COPY (\w\S*) \1$/gm)].map(
      ([, at]) => at,
    )
    const bundled = closureOf(workspaces, 'frontend').map(({ folder }) => folder)
    expect(new Set(copied)).toEqual(new Set(bundled))
  })

  it('need nothing that plain BuildKit does not know', () => {
    for (const file of ['Dockerfile', 'frontend/Dockerfile']) {
      expect(read(file)).not.toMatch(/^# *syntax|<<|--link|--parents/m)
    }
  })

  it('end in a stage that runs as a numeric user which is not root', () => {
    for (const file of ['Dockerfile', 'frontend/Dockerfile']) {
      const last = read(file)
        .split(/^FROM /m)
        .at(-1)
      expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
      expect(last).not.toMatch(/^RUN /m)
    }
  })
})

describe('the commands', () => {
  const settings: BuildSettings = {
    engine: 'docker',
    repository: 'ghcr.io/me/flux',
    tag: 'v1',
    version: '1.2.3',
    revision: 'abc',
  }
  const news = { name: 'news-service', folder: 'services/news-service', dockerfile: 'Dockerfile' }

  it('build an image from the root by its folder', () => {
    expect(buildArguments(settings, news)).toEqual([
      'build',
      '--file=Dockerfile',
      '--build-arg=APP=services/news-service',
      '--build-arg=FLUX_VERSION=1.2.3',
      '--build-arg=FLUX_REVISION=abc',
      '--tag=ghcr.io/me/flux/news-service:v1',
      '.',
    ])
    expect(buildArguments({ ...settings, target: 'dev' }, news)).toContain('--target=dev')
  })

  it('show sizes as a table, and a base that is not there as unknown', () => {
    const table = sizeTable([
      ['flux/bff:dev', { own: 33_400_000, whole: 254_100_000 }],
      ['flux/x:dev', { own: undefined, whole: 1_000_000 }],
    ])
    expect(table.split('\n')).toEqual([
      'image           added    in all',
      'flux/bff:dev  33.4 MB  254.1 MB',
      'flux/x:dev          ?    1.0 MB',
    ])
  })
})
