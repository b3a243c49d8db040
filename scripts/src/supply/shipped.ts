import { type Lock, placesFor } from '../complete-lock.ts'

/** A package of somebody else's as it is installed. */
export interface Shipped {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** Whether a workspace of ours asks for it itself. */
  readonly direct: boolean
}

// What its own package.json says in a form that the lock file does not take over.
const licencesByName: Readonly<Record<string, string>> = { 'xmlhttprequest-ssl': 'MIT' }

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13)

/** Paths in the lock file that an entry needs in production, workspaces by their own folder. */
const neededBy = ({ packages }: Lock, path: string): readonly string[] =>
  Object.keys(packages[path]?.dependencies ?? {}).flatMap((name) => {
    const place = placesFor(path, name).find((candidate) => packages[candidate])
    if (place === undefined) return []
    const { link, resolved } = packages[place] ?? {}
    return [link && resolved !== undefined ? resolved : place]
  })

/** What the deployables need to run, directly and by way of others, sorted by name. */
export const shippedBy = (lock: Lock, deployables: readonly string[]): readonly Shipped[] => {
  const found = new Set(deployables)
  const direct = new Set<string>()
  for (const path of found) {
    for (const needed of neededBy(lock, path)) {
      found.add(needed)
      if (!path.includes('node_modules/')) direct.add(needed)
    }
  }
  return [...found]
    .filter((path) => path.includes('node_modules/'))
    .map((path) => {
      const { version = '', license } = lock.packages[path] ?? {}
      const name = nameOf(path)
      const licence = license ?? licencesByName[name] ?? 'unknown'
      return { name, version, licence, direct: direct.has(path) }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** Licences that ask for no more than their text and a name. */
const permissive = new Set([
  '(MIT AND Zlib)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  // A font's: it may be shipped with software, not sold by itself.
  'OFL-1.1',
])

/** Packages whose licence is none of those that Flux may be shipped with. */
export const licenceFaults = (shipped: readonly Shipped[]): readonly string[] =>
  shipped
    .filter(({ licence }) => !permissive.has(licence))
    .map(({ name, version, licence }) => `${name}@${version}: ${licence}`)

/** Packages that want to run something when they are installed, without versions. */
export const installScripts = ({ packages }: Lock): readonly string[] =>
  Object.entries(packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => nameOf(path))
