/** A package's entry in the lock file; only what is read or written here. */
export interface LockEntry {
  readonly version?: string
  readonly license?: string
  readonly link?: boolean
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly cpu?: readonly string[]
  readonly dev?: boolean
  readonly libc?: readonly string[]
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly os?: readonly string[]
}

/** The lock file, version 3. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** What a platform package's name says about where it runs, in the lock file's terms. */
export const platformIn = (name: string): Pick<LockEntry, 'cpu' | 'libc' | 'os'> => {
  const words = name.split(/[-/]/)
  const os = words.filter((word) => [...systems, 'sunos', 'win32'].includes(word))
  const cpu = words.filter((word) => processors.includes(word))
  const libc = words.flatMap((word) => {
    if (word.startsWith('musl')) return ['musl']
    return word.startsWith('gnu') ? ['glibc'] : []
  })
  return {
    ...(cpu.length > 0 && { cpu }),
    ...(libc.length > 0 && { libc }),
    ...(os.length > 0 && { os }),
  }
}

/** Where Node would look for a package that `from` needs, nearest first. */
export const placesFor = (from: string, name: string): readonly string[] => {
  const above = from.includes('/node_modules/')
    ? placesFor(from.slice(0, from.lastIndexOf('/node_modules/')), name)
    : [`node_modules/${name}`]
  return from === '' ? above : [`${from}/node_modules/${name}`, ...above]
}

/** Adds what the lock file's packages name as optional and it does not hold: exact versions of platform packages. */
export const completeLock = (lock: Lock): { lock: Lock; added: readonly string[] } => {
  const packages: Record<string, LockEntry> = { ...lock.packages }
  const added: string[] = []
  for (const [from, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformIn(name)
      const held = placesFor(from, name).some((place) => place in packages)
      if (held || !/^\d/.test(version) || (!platform.os && !platform.cpu)) continue
      packages[`node_modules/${name}`] = {
        version,
        ...platform,
        ...(dev && { dev }),
        optional: true,
      }
      added.push(name)
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added }
}
