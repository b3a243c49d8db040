import { run } from './run.ts'

/** Minutes in milliseconds. */
const minutes = (count: number) => AbortSignal.timeout(count * 60_000)

// The tests bring the provider that needs no registry; whoever has Strimzi's image says KAFKA_PROVIDER=strimzi.
const provider = { KAFKA_PROVIDER: process.env['KAFKA_PROVIDER'] ?? 'standalone' }

/** Makes the kind cluster where there is none. */
export const ensureCluster = (): Promise<string> =>
  run('scripts/cluster/up.sh', ['cluster'], { env: provider, signal: minutes(6) })

/** Builds all images, unless SKIP_IMAGES says that they are there. */
export const buildImages = (): Promise<string> =>
  process.env['SKIP_IMAGES']
    ? Promise.resolve('the images are taken as they are')
    : run('npm', ['run', '--silent', 'images'], { signal: minutes(12) })

/** Brings the images onto the nodes. */
export const loadImages = (): Promise<string> =>
  run('scripts/cluster/load.sh', [], { env: provider, signal: minutes(6) })

/** Brings one more image onto the nodes. */
export const loadImage = (image: string): Promise<string> =>
  run('scripts/cluster/load.sh', [image], { env: provider, signal: minutes(4) })

/** `make up` with images that are on the nodes; further helm arguments per chart. */
export const up = (args: { infra?: string; flux?: string } = {}): Promise<string> =>
  run('scripts/cluster/up.sh', [], {
    env: {
      ...{ ...provider, SKIP_IMAGES: '1', SKIP_LOAD: '1' },
      ...{ INFRA_ARGS: args.infra ?? '', FLUX_ARGS: args.flux ?? '' },
    },
    signal: minutes(12),
  })

/** `make uninstall`. */
export const uninstall = (): Promise<string> =>
  run('scripts/cluster/uninstall.sh', [], { env: provider, signal: minutes(8) })

/** `scripts/secrets.sh --rotate NAME`. */
export const rotate = (name: string): Promise<string> =>
  run('scripts/cluster/secrets.sh', ['--rotate', name], { env: provider, signal: minutes(2) })
