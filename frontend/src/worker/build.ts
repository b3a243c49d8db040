import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import type { Build } from './scope.ts'

const page = 'index.html'
const entry = fileURLToPath(new URL('./main.ts', import.meta.url))

/** Scripts of alphabets that the page itself has no words in come when a headline needs them. */
const isRare = (file: string): boolean => /-(cyrillic|greek|vietnamese)[-.]/.test(file)

/** Files that are looked up anew each time: the worker itself, and what operators may change. */
const isNeverKept = (file: string): boolean =>
  [page, 'config.json', 'sw.js'].includes(file) || file.endsWith('.map')

/** What a build consists of: the page's text, names of hashed files, and contents of public files by name. */
export interface BuiltFiles {
  readonly html: string
  readonly hashed: readonly string[]
  readonly open: ReadonlyMap<string, string | Uint8Array>
}

/** The build that a worker is to keep: its version is another one as soon as one byte is. */
export const buildOf = ({ html, hashed, open }: BuiltFiles): Build => {
  const kept = [...open].filter(([name]) => !isNeverKept(name))
  const hash = createHash('sha256').update(html).update(hashed.toSorted().join('\n'))
  for (const [name, content] of kept) hash.update(`\n${name}\n`).update(content)
  const names = [...hashed.filter((name) => !isRare(name) && !isNeverKept(name))]
  return {
    version: hash.digest('base64url').slice(0, 16),
    files: [...names, ...kept.map(([name]) => name)].toSorted().map((name) => `/${name}`),
  }
}

/** The page's text with its version, which it compares with that of a worker. */
export const withVersion = (html: string, version: string): string =>
  html.replace('</head>', `  <meta name="flux-build" content="${version}" />\n  </head>`)

/** The worker's script, in one file. */
export const workerScript = async (built: Build): Promise<string> => {
  const output = await build({
    ...{ configFile: false, publicDir: false, logLevel: 'warn' },
    define: { fluxBuild: JSON.stringify(built) },
    build: {
      ...{ write: false, modulePreload: false },
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  })
  const parts = [output].flat().flatMap((one) => ('output' in one ? one.output : []))
  return parts.map((part) => (part.type === 'chunk' ? part.code : '')).join('')
}

const publicFiles = (folder: string): Map<string, Uint8Array> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  )

/** Adds `sw.js`, made for exactly the files of this build, and tells the page its version. */
export const serviceWorker = (): Plugin => {
  let folder = ''
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved: ({ publicDir }) => {
      folder = publicDir
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const index = bundle[page]
        if (index?.type !== 'asset') throw new Error(`The build has no ${page}`)
        const html = String(index.source)
        const hashed = Object.keys(bundle).filter((name) => name !== page)
        const built = buildOf({ html, hashed, open: publicFiles(folder) })
        index.source = withVersion(html, built.version)
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: await workerScript(built) })
      },
    },
  }
}
