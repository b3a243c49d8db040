import type { ImageSize } from './docker.ts'

const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '?' : `${(bytes / 1e6).toFixed(1)} MB`

/** A table of images: the size of what was added to the base, and of the whole. */
export const sizeTable = (rows: readonly (readonly [image: string, size: ImageSize])[]): string => {
  const cells = rows.map(([image, { own, whole }]) => [image, megabytes(own), megabytes(whole)])
  const all = [['image', 'added', 'in all'], ...cells]
  const width = (column: number) => Math.max(...all.map((row) => row[column]?.length ?? 0))
  return all
    .map(([image = '', own = '', whole = '']) =>
      [image.padEnd(width(0)), own.padStart(width(1)), whole.padStart(width(2))].join('  '),
    )
    .join('\n')
}
