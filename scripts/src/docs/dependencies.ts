import { deployables, readLock } from '../supply/lock-file.ts'
import { type Shipped, shippedBy } from '../supply/shipped.ts'
import { generated, table } from './table.ts'

const countByLicence = (shipped: readonly Shipped[]): readonly (readonly string[])[] => {
  const groups = Map.groupBy(shipped, ({ licence }) => licence)
  return [...groups]
    .map(([licence, those]) => [licence, String(those.length)] as const)
    .toSorted(([a, x], [b, y]) => Number(y) - Number(x) || (a < b ? -1 : 1))
}

/** docs/dependencies.md: what of others' is in the images, with its licence. */
export const dependencies = (): string => {
  const lock = readLock()
  const shipped = shippedBy(lock, deployables(lock))
  const rows = (direct: boolean) =>
    shipped
      .filter((one) => one.direct === direct)
      .map(({ name, version, licence }) => [name, version, licence])
  return `# What is in the images

${generated}

Packages that the services, the BFF, the sandbox, the command-line tool and the page need to run, out of \`package-lock.json\`. What is for development alone is in no image. Why each
library is there: [ADR 4](adr/0004-libraries.md). The same as a bill of materials: \`npm run --silent sbom\` (CycloneDX); every image that CI publishes carries one of its own.

${table(['licence', 'packages'], countByLicence(shipped))}

## Asked for by Flux

${table(['package', 'version', 'licence'], rows(true))}

## Asked for by those

${table(['package', 'version', 'licence'], rows(false))}
`
}
